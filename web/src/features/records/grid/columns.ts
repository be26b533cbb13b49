import { useState } from 'react';
import { type Field, type ObjectInfo, titleField } from '@/features/objects/model';

/** Widths in pixels by type. */
const widths: Partial<Record<Field['type'], number>> = {
  longtext: 260,
  number: 110,
  money: 140,
  percent: 100,
  date: 120,
  datetime: 160,
  bool: 80,
  choice: 130,
  choices: 180,
  person: 120,
  relation: 180,
  autonumber: 100,
};

/** The narrow column with the row's number before the frozen first one. */
export const numberWidth = 56;
export const titleWidth = 220;

export function widthOf(field: Field, first: boolean): number {
  return first ? titleWidth : (widths[field.type] ?? 180);
}

/** Columns in order: the title first, then as defined, without the hidden ones. */
export function columnsOf(object: ObjectInfo, hidden: readonly string[]): Field[] {
  const title = titleField(object);
  return object.fields
    .filter((f) => f === title || !hidden.includes(f.key))
    .sort((a, b) => Number(b === title) - Number(a === title));
}

/** Which columns a person hid, kept on the device. */
export function useHidden(object: string): [string[], (hidden: string[]) => void] {
  const name = `laurel.hidden.${object}`;
  const [kept, setKept] = useState<{ name: string; hidden: string[] }>(() => ({ name, hidden: recall(name) }));
  const hidden = kept.name === name ? kept.hidden : recall(name);
  return [
    hidden,
    (next) => {
      setKept({ name, hidden: next });
      try {
        localStorage.setItem(name, JSON.stringify(next));
      } catch {
        // Without storage the choice lasts until the page is closed.
      }
    },
  ];
}

function recall(name: string): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(name) ?? '[]');
    return Array.isArray(list) ? list.filter((k): k is string => typeof k === 'string') : [];
  } catch {
    return [];
  }
}
