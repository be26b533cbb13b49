import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ComponentProps, useEffect, useState } from 'react';
import { useText } from '@/components/TextOf';
import type { Field, ObjectInfo } from '@/features/objects/model';
import { useObjectInfos } from '@/features/objects/queries';
import { useWords } from '@/lib/i18n';
import { findReferences } from './references';
import { words } from './words';

/** Wait this long after the last key before asking the server. */
const pauseMs = 180;

interface Props {
  field: Field;
  value?: number | null;
  /** The name of the present value, where it is known. */
  name?: string;
  onChange?: (id: number | null, name: string) => void;
  onClose?: () => void;
  /** Opens at once, for a cell of the grid. */
  eager?: boolean;
  initialSearch?: string;
  size?: ComponentProps<typeof Select>['size'];
  id?: string;
}

/** Chooses a person or a record by typing a part of its name. */
export function ReferenceSelect({ field, value, name, onChange, onClose, eager, initialSearch = '', size, id }: Props) {
  const t = useWords(words);
  const text = useText();
  const { objects } = useObjectInfos();
  const [typed, setTyped] = useState(initialSearch);
  const search = usePaused(typed);
  const [open, setOpen] = useState(Boolean(eager));
  const found = useFound(field, objects, search, open);
  const options = (found.data ?? []).map((r) => ({ value: r.id, label: r.name, hint: r.hint }));
  if (value && !options.some((o) => o.value === value))
    options.unshift({ value, label: name ?? `#${value}`, hint: '' });
  return (
    <Select
      id={id}
      aria-label={text(field.name) || field.key}
      size={size}
      autoFocus={eager}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next && eager) onClose?.();
      }}
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      allowClear
      loading={found.isFetching}
      placeholder={t('type_to_find')}
      notFoundContent={found.isFetching ? t('search') : t('not_found_name', { name: typed })}
      value={value ?? undefined}
      options={options}
      optionRender={(option) => (
        <span className="option">
          {option.data.label} <small className="option-hint">{option.data.hint}</small>
        </span>
      )}
      onChange={(next: number | undefined) => {
        setTyped('');
        onChange?.(next ?? null, options.find((o) => o.value === next)?.label ?? '');
      }}
      style={{ width: '100%' }}
    />
  );
}

function useFound(field: Field, objects: ObjectInfo[], search: string, enabled: boolean) {
  return useQuery({
    queryKey: ['references', field.type, field.target, search],
    queryFn: () => findReferences(field, objects, search),
    enabled,
    placeholderData: (before) => before,
  });
}

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
