import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { Marked, useFault } from '../blanks';

interface Props {
  /** Key of the person. */
  value: string;
  onChange: (key: string) => void;
  field: string;
  label: string;
}

/** A person in a sentence, found as one types. */
export function PersonBlank({ value, onChange, field, label }: Props) {
  const fault = useFault(field);
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const found = useQuery({ ...peopleQuery(search), placeholderData: keepPreviousData }).data ?? [];
  const known = found.some((each) => each.key === value);
  const own = useQuery({ ...peopleQuery(value), enabled: value !== '' && !known }).data ?? [];
  const listed = [...found, ...own.filter((each) => each.key === value && !known)];
  return (
    <Marked fault={fault} empty={value === ''}>
      <Select
        className="blank"
        variant="borderless"
        aria-label={label}
        value={value || null}
        placeholder={label}
        onChange={(key) => onChange(key)}
        options={listed.map((each) => ({ value: each.key, label: each.name }))}
        popupMatchSelectWidth={false}
        showSearch={{ filterOption: false, onSearch: setText }}
      />
    </Marked>
  );
}

const peopleQuery = (search: string) => ({
  queryKey: [...keys.people, 'select', search],
  queryFn: async () =>
    (await read(api.GET('/people', { params: { query: { search: search || undefined, limit: 50 } } }))).items ?? [],
});
