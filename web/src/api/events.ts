import type { QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import type { AwardEvent, ChangeEvent, ImportEvent } from './types';

/** What the server tells while a page is open. */
interface Heard {
  change: ChangeEvent;
  award: AwardEvent;
  import: ImportEvent;
}
type Kind = keyof Heard;

const listeners: { [K in Kind]: Set<(event: Heard[K]) => void> } = {
  change: new Set(),
  award: new Set(),
  import: new Set(),
};

/** Hear every event of a kind; returns how to stop. Data itself is refreshed without this. */
export function listen<K extends Kind>(kind: K, heard: (event: Heard[K]) => void): () => void {
  listeners[kind].add(heard);
  return () => listeners[kind].delete(heard);
}

/** Events of this long are answered by one refresh, so that a batch of 10,000 records is not 10,000 requests. */
const gatherMs = 120;

/** Which query keys an event makes out of date. */
export function staleKeys<K extends Kind>(kind: K, event: Heard[K]): readonly (readonly unknown[])[] {
  switch (kind) {
    case 'change':
      return keysOfChange(event as ChangeEvent);
    case 'award': {
      return [keys.awards, keys.myRewards, keys.feed, keys.standing, keys.plans, keys.closings, keys.statements];
    }
    default:
      return [keys.importJob((event as ImportEvent).id)];
  }
}

function keysOfChange({ object, record_id }: ChangeEvent): readonly (readonly unknown[])[] {
  switch (object) {
    case '@object':
      return [keys.objects];
    case '@person':
    case '@unit':
    case '@membership':
    case '@manager':
      return [keys.people, keys.units, keys.myRewards, keys.standing];
    case '@metric':
      return [keys.metrics];
    case '@rate':
      return [keys.rates, keys.metrics];
    case '@plan':
      return [keys.plans, keys.standing, keys.myRewards];
    case '@closing':
      return [keys.closings, keys.statements, keys.awards];
    case '@statement':
      return [keys.statements, keys.closings, keys.myRewards];
    case '@organisation':
      return [keys.me];
    default:
      return [
        keys.records(object),
        // An event may stand for many records of an object: then all of its open ones are asked for again.
        record_id ? keys.record(object, record_id) : ['record', object],
        keys.myRewards,
        keys.standing,
      ];
  }
}

/** Follows the server's events and marks queries as out of date. Returns how to stop. */
export function follow(client: QueryClient): () => void {
  if (typeof EventSource === 'undefined') return () => {};
  const source = new EventSource('/api/events');
  const stale = new Map<string, readonly unknown[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refresh = () => {
    timer = undefined;
    for (const key of stale.values()) void client.invalidateQueries({ queryKey: key });
    stale.clear();
  };
  const hear = <K extends Kind>(kind: K) => {
    source.addEventListener(kind, (message) => {
      let event: Heard[K];
      try {
        event = JSON.parse((message as MessageEvent<string>).data);
      } catch {
        return; // an event this version does not understand
      }
      for (const key of staleKeys(kind, event)) stale.set(JSON.stringify(key), key);
      timer ??= setTimeout(refresh, gatherMs);
      for (const heard of listeners[kind]) heard(event);
    });
  };
  hear('change');
  hear('award');
  hear('import');

  // Too much was missed to tell one by one.
  source.addEventListener('reset', () => void client.invalidateQueries());

  return () => {
    clearTimeout(timer);
    source.close();
  };
}
