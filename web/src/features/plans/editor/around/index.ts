import type { PlanDef } from '@/api/types';
import { excludes } from './excludes';
import { gates } from './gates';
import { missingOfPeriods } from './Periods';
import type { AroundPart } from './part';
import { ramp } from './ramp';
import { budget, proration, rollup } from './simple';
import { split } from './split';

/** Everything that can stand around a rule, in the order in which it is read. */
export const parts: readonly AroundPart[] = [rollup, excludes, gates, proration, ramp, split, budget];

/** Fields of the blanks around a rule that must still be filled. */
export function missingAround(def: PlanDef): string[] {
  return [...missingOfPeriods(def), ...parts.flatMap((part) => part.missing(def))];
}
