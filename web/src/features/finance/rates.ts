import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import type { ExchangeRate } from '@/api/types';

export const ratesQuery = queryOptions({
  queryKey: keys.rates,
  queryFn: () => read(api.GET('/exchange-rates')),
});

export const saveRate = (rate: { currency: string; from: string; rate: string }) =>
  read(api.PUT('/exchange-rates', { body: { items: [rate] } }));

export const deleteRate = (id: number) => api.DELETE('/exchange-rates/{id}', { params: { path: { id } } });

/** A table as it was pasted or chosen; the server finds out what it is. */
export const importRates = (content: string | File, dryRun: boolean) =>
  read(
    api.POST('/exchange-rates/import', {
      params: { query: { dry_run: dryRun } },
      body: content as string,
      bodySerializer: (body: unknown) => body as BodyInit,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  );

/** The rates of each currency, the newest first, and the one that holds on a day. */
export function byCurrency(items: readonly ExchangeRate[], today: string) {
  const groups = new Map<string, ExchangeRate[]>();
  for (const each of items) groups.set(each.currency, [...(groups.get(each.currency) ?? []), each]);
  return [...groups.entries()].map(([currency, rates]) => ({
    currency,
    rates,
    now: rates.find((each) => each.from <= today),
  }));
}
