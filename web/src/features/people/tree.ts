import type { Unit } from '@/api/types';

export interface Branch {
  unit: Unit;
  below: Branch[];
}

/** Units as trees. A unit whose parent is missing, or that lies in a circle, is a root: none is lost. */
export function treeOf(units: readonly Unit[]): Branch[] {
  const children = new Map<number, Unit[]>();
  const known = new Map(units.map((u) => [u.id, u]));
  const roots: Unit[] = [];
  for (const unit of units) {
    const parent = unit.parent_id ?? 0;
    if (!known.has(parent)) roots.push(unit);
    else children.set(parent, [...(children.get(parent) ?? []), unit]);
  }
  const placed = new Set<number>();
  const grow = (unit: Unit): Branch => {
    placed.add(unit.id);
    return { unit, below: (children.get(unit.id) ?? []).filter((u) => !placed.has(u.id)).map(grow) };
  };
  const trees = roots.map(grow);
  for (const unit of units) if (!placed.has(unit.id)) trees.push(grow(unit));
  return trees;
}

/** A unit and all below it: none of them can become its parent. */
export function below(units: readonly Unit[], id: number): Set<number> {
  const found = new Set([id]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const unit of units) {
      if (unit.parent_id && found.has(unit.parent_id) && !found.has(unit.id)) {
        found.add(unit.id);
        grown = true;
      }
    }
  }
  return found;
}
