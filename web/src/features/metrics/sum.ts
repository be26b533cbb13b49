import type { Metric } from '@/api/types';

type Term = NonNullable<Metric['measure']['terms']>[number];
type Earlier = Exclude<NonNullable<Term['window']>, 'period'>;

/** A sum of metrics as arithmetic: 3 × Calls + 10 × Meetings − Sales of the same period last year. */
export function sumText(
  terms: readonly Term[],
  nameOf: (key: string) => string,
  earlier: (window: Earlier, of: string) => string,
): string {
  return terms
    .map((term, at) => {
      const times = term.times ?? '1';
      const below = times.startsWith('-');
      const size = below ? times.slice(1) : times;
      const name = nameOf(term.metric);
      const of = !term.window || term.window === 'period' ? name : earlier(term.window, name);
      const sign = at === 0 ? (below ? '−' : '') : below ? ' − ' : ' + ';
      return `${sign}${Number(size) === 1 ? '' : `${size} × `}${of}`;
    })
    .join('');
}
