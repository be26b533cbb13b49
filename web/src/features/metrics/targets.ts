import type { TargetGrid } from '@/api/types';

export type Grid = TargetGrid;
export type Row = Grid['rows'][number];
export type Cell = Row['cells'][number];

/** One cell as somebody left it; an empty text takes the target away. */
export interface TargetChange {
  row: Row;
  period: string;
  cell: Cell;
  typed: string;
}

/** What the server is told of a changed cell. The way in which it is spread stays. */
export function targetItem(metric: string, { row, period, cell, typed }: TargetChange) {
  const value = typed.replace(/[,，\s]/g, '').replace('％', '%');
  const item = { metric, [row.subject.kind]: row.key, period };
  if (value === '') return { ...item, value: '0', remove: true };
  return {
    ...item,
    value,
    ...(cell.weights.length > 0 ? { spread: cell.weights } : {}),
    ...(cell.prorate ? {} : { prorate: false }),
  };
}

/** A target as it is typed: shares as percentages. */
export function typedValue(value: string, percent: boolean): string {
  return percent && value !== '' ? `${shift(value)}%` : value;
}

/** A decimal text times 100, without leaving the text. */
export function shift(value: string): string {
  const negative = value.startsWith('-');
  const [whole = '', places = ''] = value.replace('-', '').split('.');
  const padded = places.padEnd(2, '0');
  const left = `${whole}${padded.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const right = padded.slice(2).replace(/0+$/, '');
  return `${negative ? '-' : ''}${left}${right ? `.${right}` : ''}`;
}
