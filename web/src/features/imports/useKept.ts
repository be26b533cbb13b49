import { useEffect, useMemo, useRef } from 'react';
import { setMapping } from './api';
import type { ImportJob, Mapping } from './model';

/** Work stands still for so long before it is kept. */
const pauseMs = 500;

/** Keeps what is being mapped with the job, so that a reload, or another device, goes on from there. */
export function useKept(id: number, took: (job: ImportJob) => void) {
  const latest = useRef(took);
  latest.current = took;
  const kept = useMemo(
    () =>
      keeper(
        (mapping, leaving) => setMapping(id, mapping, leaving),
        (job) => latest.current(job),
      ),
    [id],
  );
  useEffect(() => {
    const leave = () => void kept.settle(true);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      void kept.settle();
    };
  }, [kept]);
  return kept;
}

type Send = (mapping: Mapping, leaving: boolean) => Promise<ImportJob>;

/** One save at a time, and always the newest. A save that fails is made up for by the next one, or by the dry run. */
export function keeper(send: Send, took: (job: ImportJob) => void) {
  let waiting: Mapping | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let under: Promise<void> = Promise.resolve();
  const settle = (leaving = false): Promise<void> => {
    clearTimeout(timer);
    const mapping = waiting;
    waiting = undefined;
    if (mapping) under = under.then(() => send(mapping, leaving)).then(took, () => undefined);
    return under;
  };
  return {
    /** To be kept in a moment. */
    change: (mapping: Mapping) => {
      waiting = mapping;
      clearTimeout(timer);
      timer = setTimeout(() => void settle(), pauseMs);
    },
    /** Whatever waits is sent at once; done when nothing is on its way any more. */
    settle,
    /** What waits need not be sent: something newer is. */
    drop: (): Promise<void> => {
      clearTimeout(timer);
      waiting = undefined;
      return under;
    },
  };
}
