import { useEffect, useSyncExternalStore } from 'react';
import type { RowStore } from './grid/rowStore';

/**
 * The list that a person came from, kept while the application is open: a record's neighbours are the ones above and
 * below it there. Whoever comes by a link from elsewhere has no list, and is offered no neighbours.
 */
let trail: { object: string; store: RowStore } | null = null;

export function keepTrail(object: string, store: RowStore): void {
  trail = { object, store };
}

export interface Neighbours {
  previous?: number;
  next?: number;
}

/** The records above and below this one in the list that led here; null when none did. */
export function useNeighbours(object: string, id: number): Neighbours | null {
  const store = trail?.object === object && trail.store.place(id) !== undefined ? trail.store : null;
  useSyncExternalStore(store?.subscribe ?? silent, store?.snapshot ?? zero);
  useEffect(() => {
    if (!store) return;
    store.open();
    store.need((store.place(id) ?? 0) + 1);
    return () => store.close();
  }, [store, id]);
  return store && neighboursIn(store, id);
}

export function neighboursIn(store: RowStore, id: number): Neighbours | null {
  const place = store.place(id);
  if (place === undefined) return null;
  return { previous: store.rows[place - 1]?.id, next: store.rows[place + 1]?.id };
}

const silent = () => () => {};
const zero = () => 0;
