import type { ComponentType } from 'react';
import type { Metric, PlanDef } from '@/api/types';

export interface PartProps {
  def: PlanDef;
  onChange: (part: Partial<PlanDef>) => void;
}

/** One thing that can stand around a rule. A new one is a new file and a line in index.ts. */
export interface AroundPart {
  key: 'gates' | 'split' | 'rollup' | 'proration' | 'ramp' | 'budget' | 'excludes';
  /** Makes sense for this plan. One that is there is shown all the same, so that it can be taken away. */
  offered: (def: PlanDef, metric: Metric | undefined) => boolean;
  present: (def: PlanDef) => boolean;
  start: (def: PlanDef) => Partial<PlanDef>;
  none: Partial<PlanDef>;
  /** Fields of the blanks that must still be filled. */
  missing: (def: PlanDef) => string[];
  Blanks: ComponentType<PartProps>;
}

export const paysCash = (def: PlanDef) => def.reward.kind === 'cash';
