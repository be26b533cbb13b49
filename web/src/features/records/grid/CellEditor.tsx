import { DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useText } from '@/components/TextOf';
import type { Field, Wire } from '@/features/objects/model';
import { ReferenceSelect } from '@/features/records/ReferenceSelect';
import { type CellContext, editCell, showCell } from '@/features/records/values/cell';

/** Where the active cell goes when an edit ends; away: the focus has already gone elsewhere. */
export type Leave = 'stay' | 'away' | 'down' | 'up' | 'right' | 'left';

interface Props {
  field: Field;
  value: Wire | undefined;
  context: CellContext;
  /** The key that opened the editor by typing; it replaces the content. */
  initial?: string;
  onText: (text: string, leave: Leave) => string | null;
  onValue: (value: Wire, leave: Leave) => void;
  onLabel: (id: number, name: string) => void;
  onCancel: () => void;
}

/** The editor inside a cell, by the field's type. Enter and Tab keep, Esc gives up. */
export function CellEditor(props: Props) {
  switch (props.field.type) {
    case 'choice':
    case 'choices':
      return <ChoiceEditor {...props} />;
    case 'date':
      return <DayEditor {...props} />;
    case 'person':
    case 'relation':
      return <ReferenceEditor {...props} />;
    default:
      return <TextEditor {...props} />;
  }
}

function TextEditor({ field, value, context, initial, onText, onCancel }: Props) {
  const [typed, setTyped] = useState(initial ?? editCell(field, value, context));
  const [fault, setFault] = useState<string | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const left = useRef(false);
  useLayoutEffect(() => {
    const box = input.current;
    box?.focus();
    if (initial === undefined) box?.select();
    else box?.setSelectionRange(box.value.length, box.value.length);
  }, [initial]);
  const leave = (where: Leave) => {
    const problem = onText(typed, where);
    setFault(problem);
    left.current = problem === null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const newLine = field.type === 'longtext' && (event.altKey || event.shiftKey);
    if (event.key === 'Enter' && !newLine) {
      event.preventDefault();
      leave(event.shiftKey ? 'up' : 'down');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      leave(event.shiftKey ? 'left' : 'right');
    } else if (event.key === 'Escape') {
      left.current = true;
      onCancel();
    }
  };
  const long = field.type === 'longtext';
  return (
    <span className="cell-editor">
      <textarea
        ref={input}
        className={long ? 'cell-text cell-text-long' : 'cell-text'}
        rows={long ? 5 : 1}
        aria-label={field.name[context.language]}
        aria-invalid={fault !== null}
        value={typed}
        onChange={(e) => {
          setTyped(e.target.value);
          setFault(null);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          // A text that cannot be read is given up when one leaves by the mouse: the old value stays.
          if (!left.current && onText(typed, 'away') !== null) onCancel();
        }}
      />
      {fault && (
        <span className="cell-fault" role="alert">
          {fault}
        </span>
      )}
    </span>
  );
}

function ChoiceEditor({ field, value, onValue, onCancel, context }: Props) {
  const text = useText();
  const several = field.type === 'choices';
  const [chosen, setChosen] = useState<string[]>(Array.isArray(value) ? value : value ? [String(value)] : []);
  const done = useRef(false);
  const finish = (next: string[], leave: Leave) => {
    if (done.current) return;
    done.current = true;
    onValue(several ? (next.length > 0 ? next : null) : (next[0] ?? null), leave);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the select are kept from the grid around it
    <span
      className="cell-editor"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Tab') {
          event.preventDefault();
          finish(chosen, event.shiftKey ? 'left' : 'right');
        }
      }}
    >
      <Select
        autoFocus
        defaultOpen
        aria-label={field.name[context.language]}
        mode={several ? 'multiple' : undefined}
        allowClear={!field.required}
        showSearch={{ optionFilterProp: 'label' }}
        value={several ? chosen : chosen[0]}
        options={field.choices.map((c) => ({ value: c.key, label: text(c.name) || c.key }))}
        onChange={(next: string | string[] | undefined) => {
          const list = next === undefined ? [] : Array.isArray(next) ? next : [next];
          setChosen(list);
          if (!several) finish(list, 'stay');
        }}
        // Choosing what already stands there changes nothing, but the list closes: the edit is over.
        onOpenChange={(open) => {
          if (!open && !several) setTimeout(() => finish(chosen, 'stay'));
        }}
        onBlur={() => finish(chosen, 'away')}
        style={{ width: '100%' }}
      />
    </span>
  );
}

function DayEditor(props: Props) {
  const { field, value, onValue, onCancel, context } = props;
  // Whoever types a date wants to go on typing; the calendar opens on Enter or a double click.
  if (props.initial !== undefined) return <TextEditor {...props} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the calendar are kept from the grid around it
    <span
      className="cell-editor"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onCancel();
      }}
    >
      <DatePicker
        autoFocus
        defaultOpen
        aria-label={field.name[context.language]}
        allowClear={!field.required}
        defaultValue={value ? dayjs(showCell(field, value, context)) : undefined}
        format={['YYYY-MM-DD', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD']}
        onChange={(day) => onValue(day ? day.format('YYYY-MM-DD') : null, 'stay')}
        onOpenChange={(open) => {
          if (!open) onCancel();
        }}
        style={{ width: '100%' }}
      />
    </span>
  );
}

function ReferenceEditor({ field, value, context, initial, onValue, onLabel, onCancel }: Props) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the select are kept from the grid around it
    <span
      className="cell-editor"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onCancel();
      }}
    >
      <ReferenceSelect
        eager
        field={field}
        initialSearch={initial}
        value={typeof value === 'number' ? value : null}
        name={context.labels[field.key]?.[String(value)]}
        onChange={(id, name) => {
          if (id !== null) onLabel(id, name);
          onValue(id, 'stay');
        }}
        onClose={onCancel}
      />
    </span>
  );
}
