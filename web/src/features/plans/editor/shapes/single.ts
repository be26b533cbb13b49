import { clean } from './clean';
import { every } from './every';
import { improve } from './improve';
import { rate } from './rate';
import { reach } from './reach';
import { score } from './score';
import type { ShapeEditor } from './shape';
import { versus } from './versus';

/** The shapes that judge one subject by itself: the conditions of a streak. */
export const single: readonly ShapeEditor[] = [reach, every, clean, improve, versus, score, rate];
