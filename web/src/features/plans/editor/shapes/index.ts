import type { PlanDef } from '@/api/types';
import { every } from './every';
import { rank } from './rank';
import { rate } from './rate';
import { reach } from './reach';
import type { ShapeEditor } from './shape';

/** Every shape that can be written by clicking, in the order in which they are offered. */
export const shapes: readonly ShapeEditor[] = [every, reach, rate, rank];

export function shapeOf(key: PlanDef['shape']): ShapeEditor {
  return shapes.find((shape) => shape.key === key) ?? every;
}
