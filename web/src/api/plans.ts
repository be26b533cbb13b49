import { queryOptions } from '@tanstack/react-query';
import { api, read } from './client';
import { keys } from './keys';
import type { List, Metric, Plan } from './types';

export const plansQuery = queryOptions({
  queryKey: keys.plans,
  queryFn: async () => (await read<List<Plan>>(api.GET('/plans'))).items ?? [],
});

export const metricsQuery = queryOptions({
  queryKey: keys.metrics,
  queryFn: async () => (await read<List<Metric>>(api.GET('/metrics'))).items ?? [],
});
