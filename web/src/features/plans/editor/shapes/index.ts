import type { PlanDef } from '@/api/types';
import { clean } from './clean';
import { every } from './every';
import { improve } from './improve';
import { nominate } from './nominate';
import { race } from './race';
import { rank } from './rank';
import { rate } from './rate';
import { reach } from './reach';
import { score } from './score';
import type { ShapeEditor } from './shape';
import { streak } from './streak';
import { versus } from './versus';

/** Every shape that can be written by clicking, in the order in which they are offered. */
export const shapes: readonly ShapeEditor[] = [
  every,
  reach,
  rate,
  rank,
  score,
  improve,
  clean,
  streak,
  versus,
  race,
  nominate,
];

export function shapeOf(key: PlanDef['shape']): ShapeEditor {
  return shapes.find((shape) => shape.key === key) ?? every;
}
