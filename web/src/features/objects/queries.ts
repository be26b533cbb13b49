import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { objectsQuery } from '@/api/session';
import type { ObjectInfo as WireObject } from '@/api/types';
import type { FieldType, ObjectDef, ObjectInfo } from './model';

/** The wire leaves empty things out; here every field has all its parts. */
export function complete(object: WireObject): ObjectInfo {
  return {
    ...object,
    fields: (object.fields ?? []).map((f) => ({
      ...f,
      type: f.type as FieldType,
      scale: f.scale ?? 0,
      currency: f.currency ?? '',
      choices: (f.choices ?? []).map((c) => ({ ...c, name: c.name ?? { zh: c.key, en: c.key } })),
      target: f.target ?? '',
    })),
  };
}

export interface ObjectsState {
  objects: ObjectInfo[];
  waiting: boolean;
  error: unknown;
  retry: () => void;
}

export function useObjectInfos(): ObjectsState {
  const query = useQuery(objectsQuery);
  const objects = useMemo(() => (query.data ?? []).map(complete), [query.data]);
  return {
    objects,
    waiting: query.data === undefined && !query.isError,
    error: query.error,
    retry: () => void query.refetch(),
  };
}

export async function createObject(def: ObjectDef): Promise<ObjectInfo> {
  return complete(await read(api.POST('/objects', { body: def })));
}

export async function changeObject(key: string, def: ObjectDef): Promise<ObjectInfo> {
  return complete(await read(api.PATCH('/objects/{object}', { params: { path: { object: key } }, body: def })));
}

/** Makes the open pages read the definitions again. */
export function useRefreshObjects(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: keys.objects });
}
