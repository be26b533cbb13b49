import type { ComponentType, ReactNode } from 'react';
import type { Metric, PlanDef, Reward } from '@/api/types';

/** Parameters of a shape as the contract writes them. */
export type Params = Record<string, unknown>;

export interface BlanksProps {
  params: Params;
  onParams: (params: Params) => void;
  def: PlanDef;
  metric: Metric | undefined;
  /** The blank where the metric is chosen. */
  metricBlank: ReactNode;
  onReward: (reward: Reward) => void;
}

/** One kind of rule in the editor. A new shape is a new file and a line in index.ts. */
export interface ShapeEditor {
  key: PlanDef['shape'];
  /** Parameters of a fresh sentence. */
  start: () => Params;
  /** The rule computes the amount: the reward has none of its own. */
  computesAmount: boolean;
  /** Names of the blanks that must still be filled. */
  missing: (params: Params, reward: Reward) => string[];
  /** The sentence from the metric to the reward. */
  Blanks: ComponentType<BlanksProps>;
}

export const textOf = (params: Params, key: string): string => {
  const value = params[key];
  return value === undefined || value === null ? '' : String(value);
};

/** The parameters with one changed; an empty one is left out, so that the server's default holds. */
export function withParam(params: Params, key: string, value: unknown): Params {
  const next = { ...params };
  if (value === '' || value === undefined || value === null) delete next[key];
  else next[key] = value;
  return next;
}

/** The blanks of a reward that must still be filled. */
export function missingOfReward(reward: Reward, at: string): string[] {
  if (['cash', 'points', 'leave'].includes(reward.kind)) return reward.amount ? [] : [`${at}.amount`];
  return reward.name && (reward.name.zh || reward.name.en) ? [] : [`${at}.name`];
}
