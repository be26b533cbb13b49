import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { api, read } from '@/api/client';
import { metricsQuery, plansQuery } from '@/api/plans';
import type { PlanDef } from '@/api/types';
import { listedRange, type Range, rangeFor } from './draft';

/** The stretch of history to try a plan on: it ends with the newest record of the metric, which may be years old. */
export function useHistoryRange(def: PlanDef): Range {
  const metrics = useQuery(metricsQuery).data ?? [];
  const plans = useQuery({ ...plansQuery, enabled: Boolean(def.earned) }).data ?? [];
  // What another plan gives follows that plan's metric.
  const judged = def.earned ? plans.find((each) => each.key === def.earned)?.metric.key : def.metric;
  const metric = metrics.find((each) => each.key === judged);
  // Metrics that are computed from others read the records of those.
  const named = (key: string | undefined) => metrics.find((each) => each.key === key);
  let source = metric;
  for (let depth = 0; source && !source.object && depth < 5; depth++)
    source = named(source.measure.to || source.measure.of);
  const newest = useQuery({
    queryKey: ['newest', source?.object, source?.date],
    queryFn: async () => {
      const page = await read(
        api.GET('/objects/{object}/records', {
          params: { path: { object: source?.object ?? '' }, query: { sort: `-${source?.date}`, limit: 1 } },
        }),
      );
      const value = page.items[0]?.values[source?.date ?? ''];
      return typeof value === 'string' ? value.slice(0, 10) : '';
    },
    enabled: Boolean(source?.object && source.date),
    staleTime: 5 * 60_000,
    retry: false,
  });
  const today = dayjs().format('YYYY-MM-DD');
  const last = newest.data && newest.data < today ? newest.data : today;
  return listedRange(def.period === 'custom' ? def.periods : undefined) ?? rangeFor(def.period, last);
}
