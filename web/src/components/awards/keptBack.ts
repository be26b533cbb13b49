import type { MyProgress } from '@/api/types';

/** The figure is reached and a condition beside it is not: a full bar would say that the reward is there. */
export const isKeptBack = (next: Pick<MyProgress, 'ratio' | 'done' | 'why_not'>): boolean =>
  next.ratio >= 1000 && !next.done && Boolean(next.why_not?.zh || next.why_not?.en);
