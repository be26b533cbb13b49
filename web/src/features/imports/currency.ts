import type { Column } from './model';

/** Currencies that share a sign. */
const shared: Record<string, readonly string[]> = {
  $: ['USD', 'HKD', 'TWD', 'SGD', 'AUD', 'CAD', 'NZD', 'MXN', 'ARS', 'CLP', 'COP'],
  '¥': ['CNY', 'JPY'],
  元: ['CNY', 'HKD', 'TWD'],
};

/** What a column of amounts is in: what its cells say, else the company's currency, as the import takes it. */
export function currencyOf(column: Pick<Column, 'guess'>, home: string): string {
  const written = column.guess.currency;
  if (!written) return home;
  const sharing = shared[written];
  if (!sharing) return written;
  return sharing.includes(home) ? home : (sharing[0] ?? home);
}
