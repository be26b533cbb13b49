import { queryOptions, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Role } from '@/lib/roles';
import { mayOpen } from '@/lib/roles';
import { api, read } from './client';
import { keys } from './keys';
import { Problem } from './problem';
import type { Me, ObjectInfo } from './types';

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: async () => {
    const { me } = await read(api.GET('/session'));
    if (!me) throw new Problem(401, { code: 'signed_out' });
    return me;
  },
  staleTime: 5 * 60_000,
});

/** What the sign-in page shows before anybody is known. */
export const welcomeQuery = queryOptions({
  queryKey: keys.welcome,
  queryFn: () => read(api.GET('/welcome')),
  staleTime: 5 * 60_000,
});

export const statusQuery = queryOptions({
  queryKey: keys.status,
  queryFn: () => read(api.GET('/status')),
});

export const objectsQuery = queryOptions({
  queryKey: keys.objects,
  queryFn: async () => (await read<{ items: ObjectInfo[] | null }>(api.GET('/objects'))).items ?? [],
  staleTime: 5 * 60_000,
});

/** Who is signed in. The shell provides it, so pages never see it missing. */
export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside of the shell');
  return me;
}

export function useMay(roles: readonly Role[]): boolean {
  return mayOpen(useMe().account.roles, roles);
}

/** Objects by key, for names and fields; empty while loading. */
export function useObjects(): ObjectInfo[] {
  return useQuery(objectsQuery).data ?? [];
}
