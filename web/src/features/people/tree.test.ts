import { describe, expect, it } from 'vitest';
import type { Unit } from '@/api/types';
import { type Branch, below, treeOf } from './tree';

const unit = (id: number, parent_id = 0): Unit => ({
  id,
  key: `u${id}`,
  kind: 'department',
  name: { zh: '', en: '' },
  parent_id,
  members: 0,
});
const ids = (branches: Branch[]): unknown[] =>
  branches.map((b) => (b.below.length > 0 ? [b.unit.id, ids(b.below)] : b.unit.id));

describe('units', () => {
  it('stand below their parents', () => {
    expect(ids(treeOf([unit(1), unit(2, 1), unit(3, 2), unit(4)]))).toEqual([[1, [[2, [3]]]], 4]);
  });
  it('are never lost, whatever their parents say', () => {
    expect(ids(treeOf([unit(1, 99), unit(2, 3), unit(3, 2)]))).toEqual([1, [2, [3]]]);
  });
  it('cannot move below themselves', () => {
    expect([...below([unit(1), unit(2, 1), unit(3, 2), unit(4)], 1)]).toEqual([1, 2, 3]);
  });
});
