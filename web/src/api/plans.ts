import { queryOptions } from '@tanstack/react-query';
import { api, read } from './client';
import { keys } from './keys';
import type { MetricDef } from './types';

export const plansQuery = queryOptions({
  queryKey: keys.plans,
  queryFn: async () => (await read(api.GET('/plans'))).items ?? [],
});

export const metricsQuery = queryOptions({
  queryKey: keys.metrics,
  queryFn: async () => (await read(api.GET('/metrics'))).items ?? [],
});

export const createMetric = (definition: MetricDef) => read(api.POST('/metrics', { body: definition }));

export const saveMetric = (definition: MetricDef) =>
  read(api.PUT('/metrics/{key}', { params: { path: { key: definition.key } }, body: definition }));
