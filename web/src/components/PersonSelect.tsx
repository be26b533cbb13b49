import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';

interface Props {
  value?: number;
  label: string;
  onChange: (id: number | undefined) => void;
}

/** Finds a person by name or key as one types. */
export function PersonSelect({ value, label, onChange }: Props) {
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const people = useQuery({
    queryKey: [...keys.people, 'select', search],
    queryFn: async () =>
      (await read(api.GET('/people', { params: { query: { search: search || undefined, limit: 50 } } }))).items ?? [],
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      className="person-select"
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={people.isFetching}
      value={value}
      onChange={(id) => onChange(id)}
      options={(people.data ?? []).map((each) => ({ value: each.id, label: each.name }))}
    />
  );
}
