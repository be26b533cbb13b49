import type { Preview } from '@/api/types';
import { approximate, formatAmountShort, formatNumber } from '@/lib/format';
import { type Language, pick } from '@/lib/i18n';
import type { Bar } from './Chart';

/** Buckets of the distribution; more would not be read. */
const maxBuckets = 8;

type Row = Preview['rows'][number];

/** Something else than cash in one currency is given: badges, points, cash in several currencies. */
export const givesThings = (preview: Pick<Preview, 'rows'>): boolean =>
  preview.rows.some((row) => !row.amount || row.given.length > 1);

/** How much somebody gets in one period, and how often that happens. Few different results are each named; many are gathered. */
export function spread(rows: readonly Row[], language: Language): Bar[] {
  if (rows.length === 0) return [];
  const inMoney = rows.some((row) => row.amount);
  // Things are told by what they are, as long as there are few of them.
  const named = inMoney ? [] : thingsOf(rows, language);
  if (named.length > 0 && named.length <= maxBuckets) return named;
  const textOf = (row: Row) => (inMoney ? (row.amount?.amount ?? '0') : row.due);
  const show = (text: string, row: Row) =>
    row.amount ? formatAmountShort({ amount: text, currency: row.amount.currency }) : `× ${formatNumber(text)}`;
  const first = rows.find((row) => row.amount) ?? (rows[0] as Row);

  const counts = new Map<string, number>();
  for (const row of rows) counts.set(textOf(row), (counts.get(textOf(row)) ?? 0) + 1);
  const values = [...counts.keys()].sort((a, b) => approximate(a) - approximate(b));
  if (values.length <= maxBuckets) {
    return values.map((value) => bar(show(value, first), counts.get(value) ?? 0));
  }
  // Equal widths between the least and the most; the edges are rounded up to two figures, so they are read easily.
  const least = approximate(values[0] ?? '0');
  const most = approximate(values[values.length - 1] ?? '0');
  const width = niceStep((most - least) / maxBuckets);
  const start = Math.floor(least / width) * width;
  const buckets = new Map<number, number>();
  for (const [value, count] of counts) {
    const at = Math.floor((approximate(value) - start) / width);
    buckets.set(at, (buckets.get(at) ?? 0) + count);
  }
  return [...buckets]
    .sort(([a], [b]) => a - b)
    .map(([at, count]) => bar(`≥ ${show(plain(start + at * width), first)}`, count));
}

function thingsOf(rows: readonly Row[], language: Language): Bar[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const name = row.given.map((each) => pick(each, language)).join(' + ');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => bar(name, count)).sort((a, b) => b.height - a.height);
}

const bar = (name: string, count: number): Bar => ({ name, height: count, label: String(count) });

function niceStep(width: number): number {
  if (width <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(width));
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= width) ?? 10) * power;
}

/** An edge of a bucket as a decimal text without an exponent. */
const plain = (edge: number): string => (Number.isInteger(edge) ? edge.toFixed(0) : edge.toFixed(2));
