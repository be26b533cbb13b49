import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AwardsFilter } from '@/lib/paths';
import { api, read } from './client';
import { keys } from './keys';

/** Awards a page asks for at once. */
const pageSize = 30;

export const myRewardsQuery = (person?: number) =>
  queryOptions({
    queryKey: [...keys.myRewards, person ?? 0],
    queryFn: () => read(api.GET('/my/rewards', { params: { query: { person } } })),
  });

export const myTeamQuery = queryOptions({
  queryKey: [...keys.myRewards, 'team'],
  queryFn: () => read(api.GET('/my/team')),
});

export const feedQuery = infiniteQueryOptions({
  queryKey: keys.feed,
  queryFn: ({ pageParam }) => read(api.GET('/feed', { params: { query: { cursor: pageParam || undefined } } })),
  initialPageParam: '',
  getNextPageParam: (page) => page.next || undefined,
});

export const awardsQuery = (filter: AwardsFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.awards, 'list', filter],
    queryFn: ({ pageParam }) =>
      read(
        api.GET('/awards', {
          params: {
            query: { ...filter, state: stateAsked(filter.state), limit: pageSize, cursor: pageParam || undefined },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  });

/** A list opens with what was granted: no rows first that are taken back or still to come. */
const stateAsked = (state: AwardsFilter['state']) => (state === 'all' ? undefined : (state ?? 'granted'));
