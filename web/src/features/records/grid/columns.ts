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
  person: 150,
  relation: 180,
  autonumber: 100,
};

/** The narrow column with the row's number before the frozen first one. */
export const numberWidth = 56;
export const titleWidth = 220;

/** Bounds of a width that a person sets, in pixels. */
export const narrowest = 60;
export const widest = 800;

export function widthOf(field: Field, first: boolean): number {
  return first ? titleWidth : (widths[field.type] ?? 180);
}

export function boundWidth(width: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, width)));
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
  return useKept(`laurel.hidden.${object}`, readHidden);
}

/** Widths that a person gave to columns, by field key, kept on the device. */
export type Widths = Record<string, number>;

export function useWidths(object: string): [Widths, (widths: Widths) => void] {
  return useKept(`laurel.widths.${object}`, readWidths);
}

function readHidden(kept: unknown): string[] {
  return Array.isArray(kept) ? kept.filter((k): k is string => typeof k === 'string') : [];
}

/** What storage holds may be of an older version, or somebody's play: only widths come out. */
export function readWidths(kept: unknown): Widths {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return {};
  const pairs = Object.entries(kept).filter((e): e is [string, number] => Number.isFinite(e[1]));
  return Object.fromEntries(pairs.map(([key, width]) => [key, boundWidth(width)]));
}

/** A choice that is kept on the device under a name. */
function useKept<T>(name: string, read: (kept: unknown) => T): [T, (next: T) => void] {
  const [state, setState] = useState(() => ({ name, value: recall(name, read) }));
  const current = state.name === name ? state : { name, value: recall(name, read) };
  if (current !== state) setState(current);
  return [
    current.value,
    (value) => {
      setState({ name, value });
      try {
        localStorage.setItem(name, JSON.stringify(value));
      } catch {
        // Without storage the choice lasts until the page is closed.
      }
    },
  ];
}

function recall<T>(name: string, read: (kept: unknown) => T): T {
  try {
    return read(JSON.parse(localStorage.getItem(name) ?? 'null'));
  } catch {
    return read(null);
  }
}
