import { queryOptions } from '@tanstack/react-query';
import { api, read } from './client';
import { keys } from './keys';

export const plansQuery = queryOptions({
  queryKey: keys.plans,
  queryFn: async () => (await read(api.GET('/plans'))).items ?? [],
});

export const metricsQuery = queryOptions({
  queryKey: keys.metrics,
  queryFn: async () => (await read(api.GET('/metrics'))).items ?? [],
});
