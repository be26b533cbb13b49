import type { TargetGrid } from '@/api/types';
import { fitsCurrency, readDecimal, tidy } from '@/lib/decimal';
import { formatAmountShort, formatNumber, noValue } from '@/lib/format';
import type { Text } from '@/lib/i18n';

export type Grid = TargetGrid;
export type Row = Grid['rows'][number];
export type Cell = Row['cells'][number];

/** One cell as it is to be: an empty value takes the target away. */
export interface TargetChange {
  row: Row;
  period: string;
  cell: Cell;
  /** A plain decimal, a share as the fraction. */
  value: string;
  /** How it is spread; as it was when absent, evenly by days when empty. */
  weights?: string[];
}

/** What the server is told of a changed cell. The way in which it is spread stays unless that is what changes. */
export function targetItem(metric: string, { row, period, cell, value, weights = cell.weights }: TargetChange) {
  const item = { metric, [row.subject.kind]: row.key, period };
  if (value === '') return { ...item, value: '0', remove: true };
  return {
    ...item,
    value,
    ...(weights.length > 0 ? { spread: weights } : {}),
    ...(cell.prorate ? {} : { prorate: false }),
  };
}

/** The name of a cell among its grid's. */
export const cellKey = (row: Row, period: string) => `${row.subject.kind} ${row.subject.id} ${period}`;

export type ReadTarget = { value: string } | { problem: Text };

/** The largest target, ten trillion, as the server has it. */
const maxTarget = 10_000_000_000_000n;

/** Reads what somebody typed or pasted as a target; empty, or a dash alone, is none. */
export function readTarget(typed: string, grid: Pick<Grid, 'percent' | 'currency'>): ReadTarget {
  const text = typed.trim();
  if (/^[-–—－]?$/.test(text)) return { value: '' };
  if (grid.currency && !fitsCurrency(text, grid.currency))
    return {
      problem: {
        zh: `这里的币种是 ${grid.currency}，请换算后再填`,
        en: `Targets here are in ${grid.currency}: convert the amount first`,
      },
    };
  const value = readDecimal(text);
  if (value === null)
    return { problem: { zh: '不是数字，请写成 1,200 或 95%', en: 'Not a number: write 1,200 or 95%' } };
  const whole = BigInt(value.split('.')[0] ?? '0');
  if (value.startsWith('-') || whole > maxTarget)
    return { problem: { zh: '目标值须在 0 到十万亿之间', en: 'A target is at least 0 and at most ten trillion' } };
  if (grid.percent && whole > 10n && !/[%％]\s*$/.test(text))
    return { problem: { zh: `请写明是百分数，例如 ${value}%`, en: `Say that it is a percentage: ${value}%` } };
  return { value };
}

/** A target as it is typed: shares as percentages. */
export function typedValue(value: string, percent: boolean): string {
  if (value === '') return '';
  return percent ? `${shift(value)}%` : tidy(value);
}

/** A target as it is read: money with its currency's sign, shares as percentages. */
export function targetShown(value: string, grid: Pick<Grid, 'percent' | 'currency'>): string {
  if (value === '') return noValue;
  if (grid.percent) return typedValue(value, true);
  return grid.currency ? formatAmountShort({ amount: value, currency: grid.currency }) : formatNumber(value);
}

/** Whether two texts are the same target. */
export function sameValue(a: string, b: string): boolean {
  return a === '' || b === '' ? a === b : tidy(a) === tidy(b);
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

/** Equal parts over which a target can be spread. */
export interface Spreadable {
  kind: 'half' | 'quarter' | 'month';
  count: number;
}

/** The parts of a period by its label: those of a year, a half and a quarter; a month and a week have none. */
export function partsOf(label: string): Spreadable[] {
  if (/^\d{4}$/.test(label))
    return [
      { kind: 'half', count: 2 },
      { kind: 'quarter', count: 4 },
      { kind: 'month', count: 12 },
    ];
  if (/-H[12]$/.test(label))
    return [
      { kind: 'quarter', count: 2 },
      { kind: 'month', count: 6 },
    ];
  return /-Q[1-4]$/.test(label) ? [{ kind: 'month', count: 3 }] : [];
}

/** Weights as they were typed, 20 or 20%; null where one is none, or none is above zero. */
export function readWeights(typed: readonly string[]): string[] | null {
  const read = typed.map((text) => readDecimal(text.replace(/[%％]\s*$/, '')));
  const good = read.every((each) => each !== null && !each.startsWith('-')) && read.some((each) => each !== '0');
  return good ? (read as string[]) : null;
}
