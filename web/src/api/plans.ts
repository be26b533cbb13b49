import { queryOptions } from '@tanstack/react-query';
import { api, read } from './client';
import { keys } from './keys';
import type { MetricDef, ReadyChoice } from './types';

export const plansQuery = queryOptions({
  queryKey: keys.plans,
  queryFn: async () => (await read(api.GET('/plans'))).items ?? [],
});

export const metricsQuery = queryOptions({
  queryKey: keys.metrics,
  queryFn: async () => (await read(api.GET('/metrics'))).items ?? [],
});

export const createMetric = (definition: MetricDef) => read(api.POST('/metrics', { body: definition }));

/** Refused with the list of what changes where that is awards of periods already judged; confirmed is the list's token. */
export const saveMetric = (definition: MetricDef, confirmed?: string) =>
  read(
    api.PUT('/metrics/{key}', { params: { path: { key: definition.key }, query: { confirmed } }, body: definition }),
  );

export const metricSetsQuery = queryOptions({
  queryKey: [...keys.metrics, 'sets'],
  queryFn: async () => (await read(api.GET('/metric-sets'))).items ?? [],
});

/** What adding ready-made metrics would do: nothing is kept. */
export const tryMetricSet = (set: string, choice: ReadyChoice) =>
  read(api.POST('/metric-sets/{set}', { params: { path: { set }, query: { dry_run: true } }, body: choice }));

export const addMetricSet = (set: string, choice: ReadyChoice) =>
  read(api.POST('/metric-sets/{set}', { params: { path: { set } }, body: choice }));
