import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useFault } from '../blanks';

interface Props {
  rows: readonly ReactNode[];
  /** Names a row for its button: "去掉：…". */
  removeLabel: (index: number) => string;
  /** Absent: rows stay. */
  onRemove?: (index: number) => void;
  addLabel: string;
  onAdd?: () => void;
  children?: ReactNode;
}

/** Rows of blanks, each with a way to take it out, and a way to add one. */
export function Rows({ rows, removeLabel, onRemove, addLabel, onAdd, children }: Props) {
  return (
    <>
      <ol className="sentence-steps around-rows">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows have an order and no other name
          <li key={index}>
            {row}
            {onRemove && <RemoveButton label={removeLabel(index)} onClick={() => onRemove(index)} />}
          </li>
        ))}
      </ol>
      <div className="around-foot">
        {onAdd && (
          <Button size="small" icon={<PlusOutlined />} onClick={onAdd}>
            {addLabel}
          </Button>
        )}
        {children}
      </div>
    </>
  );
}

export function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button type="text" size="small" icon={<CloseOutlined />} aria-label={label} title={label} onClick={onClick} />
  );
}

/** What the server says about a whole list, where no single blank is at fault. */
export function FaultLine({ field }: { field: string }) {
  const fault = useFault(field);
  return fault ? (
    <p className="field-problem" role="alert">
      {fault}
    </p>
  ) : null;
}

export const without = <T,>(list: readonly T[], index: number): T[] => list.filter((_, at) => at !== index);
export const replaced = <T,>(list: readonly T[], index: number, value: T): T[] =>
  list.map((each, at) => (at === index ? value : each));
