import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { listen } from '@/api/events';
import { isProblem } from '@/api/problem';
import { getRow, listRows, type RowQuery } from './api';
import { RowStore } from './grid/rowStore';
import { keepTrail } from './trail';

/** Changes of others are gathered for this long. */
const gatherMs = 150;

/** More changes at once than this are offered as one refresh instead of fetched one by one. */
const followed = 20;

export interface Rows {
  store: RowStore;
  revision: number;
  /** Changes elsewhere that are not shown yet. */
  unseen: number;
  refresh: () => void;
}

/** The rows that a question finds, followed live. */
export function useRows(object: string, query: RowQuery): Rows {
  const [turn, setTurn] = useState(0);
  const { filter, where, sort, search } = query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is a new store with the same question
  const store = useMemo(
    () => new RowStore((cursor) => listRows(object, { filter, where, sort, search }, cursor)),
    [object, filter, where, sort, search, turn],
  );
  // Rows that are not here, by their ids: one that comes in after all, as one's own new row does, is no news any more.
  const [elsewhere, setElsewhere] = useState<ReadonlySet<number>>(new Set());
  const [behind, setBehind] = useState(0);
  useEffect(() => {
    setElsewhere(new Set());
    setBehind(0);
    store.open();
    store.need(0);
    keepTrail(object, store);
    return () => store.close();
  }, [store, object]);

  useEffect(() => {
    const changed = new Map<number, { kind: string; by: string }>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = async () => {
      timer = undefined;
      const list = [...changed];
      changed.clear();
      const shown = list.filter(([id]) => store.row(id));
      const others = list.filter(([id]) => !store.row(id)).map(([id]) => id);
      if (others.length > 0) setElsewhere((old) => new Set([...old, ...others]));
      if (shown.length > followed) {
        setBehind((n) => n + shown.length);
        return;
      }
      await Promise.all(shown.map(([id, { kind, by }]) => refreshRow(store, object, id, kind, by)));
    };
    const stop = listen('change', (event) => {
      if (event.object !== object) return;
      changed.set(event.record_id, { kind: event.kind, by: event.by ?? '' });
      timer ??= setTimeout(() => void follow(), gatherMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store, object]);

  const revision = useSyncExternalStore(store.subscribe, store.snapshot);
  const unseen = behind + unseenOf(elsewhere, store);
  return { store, revision, unseen, refresh: () => setTurn((n) => n + 1) };
}

/** How many of the rows that changed elsewhere are still not here. */
export function unseenOf(elsewhere: ReadonlySet<number>, store: Pick<RowStore, 'row'>): number {
  return [...elsewhere].filter((id) => !store.row(id)).length;
}

async function refreshRow(store: RowStore, object: string, id: number, kind: string, by: string): Promise<void> {
  if (kind === 'delete') {
    store.remove([id]);
    return;
  }
  try {
    store.put(await getRow(object, id), true, by);
  } catch (error) {
    if (isProblem(error, 404)) store.remove([id]);
  }
}
