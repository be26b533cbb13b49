import { Input, Select, Switch } from 'antd';
import { useEffect, useState } from 'react';
import { DayPicker } from '@/components/DayPicker';
import { useText } from '@/components/TextOf';
import { type Field, sameValue, type Wire } from '@/features/objects/model';
import { ReferenceSelect } from './ReferenceSelect';
import { type CellContext, currencySign, editCell, readCell } from './values/cell';

interface Props {
  field: Field;
  value?: Wire;
  onChange?: (value: Wire) => void;
  /** A text that cannot be read is told here; null when it can. */
  onFault?: (fault: string | null) => void;
  context: CellContext;
  /** Display name of a person or record chosen here. */
  onLabel?: (id: number, name: string) => void;
  id?: string;
  label?: string;
}

/** The input of one field in forms and filters. It gives values as they travel. */
export function ValueInput({ field, value, onChange, onFault, context, onLabel, id, label }: Props) {
  const text = useText();
  const name = label ?? text(field.name);
  switch (field.type) {
    case 'bool':
      return <Switch id={id} aria-label={name} checked={value === true} onChange={(on) => onChange?.(on)} />;
    case 'choice':
    case 'choices':
      return (
        <Select
          id={id}
          aria-label={name}
          mode={field.type === 'choices' || Array.isArray(value) ? 'multiple' : undefined}
          allowClear={!field.required}
          showSearch={{ optionFilterProp: 'label' }}
          value={(value ?? undefined) as string | string[] | undefined}
          options={field.choices.map((c) => ({ value: c.key, label: text(c.name) || c.key }))}
          onChange={(next: string | string[] | undefined) => onChange?.(next ?? null)}
          style={{ width: '100%' }}
        />
      );
    case 'date':
      return (
        <DayPicker
          id={id}
          aria-label={name}
          value={value ? String(value) : ''}
          format={['YYYY-MM-DD', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD']}
          onChange={(day) => onChange?.(day || null)}
          style={{ width: '100%' }}
        />
      );
    case 'person':
    case 'relation':
      return (
        <ReferenceSelect
          id={id}
          field={field}
          value={typeof value === 'number' ? value : null}
          name={context.labels[field.key]?.[String(value)]}
          onChange={(next, shown) => {
            if (next !== null) onLabel?.(next, shown);
            onChange?.(next);
          }}
        />
      );
    default:
      return (
        <TypedInput
          field={field}
          value={value}
          onChange={onChange}
          onFault={onFault}
          context={context}
          id={id}
          name={name}
        />
      );
  }
}

/** A text that is read when it is left or confirmed; what cannot be read stays, with the reason. */
function TypedInput({
  field,
  value,
  onChange,
  onFault,
  context,
  id,
  name,
}: Omit<Props, 'onLabel' | 'label'> & { name: string }) {
  const text = useText();
  const [typed, setTyped] = useState(() => editCell(field, value, context));
  const [last, setLast] = useState<Wire | undefined>(value);
  useEffect(() => {
    // The value was changed from outside (another record, an undo): show it.
    if (sameValue(value, last)) return;
    setLast(value);
    setTyped(editCell(field, value, context));
  }, [value, last, field, context]);

  const change = (next: string) => {
    setTyped(next);
    const read = readCell({ ...field, required: false }, next, context);
    if ('value' in read) {
      setLast(read.value);
      onFault?.(null);
      onChange?.(read.value);
    } else if ('problem' in read) onFault?.(text(read.problem));
  };
  const shared = { id, value: typed, 'aria-label': name };
  if (field.type === 'longtext')
    return (
      <Input.TextArea {...shared} autoSize={{ minRows: 2, maxRows: 10 }} onChange={(e) => change(e.target.value)} />
    );
  const figure = field.type === 'number' || field.type === 'money' || field.type === 'percent';
  return (
    <Input
      {...shared}
      inputMode={figure ? 'decimal' : undefined}
      prefix={field.type === 'money' ? currencySign(field.currency) : undefined}
      placeholder={field.type === 'datetime' ? '2026-03-31 14:30' : undefined}
      disabled={field.type === 'autonumber' && onFault === undefined}
      onChange={(e) => change(e.target.value)}
    />
  );
}
