import type { Wire } from '@/features/objects/model';

/** One cell's change, as it was and as it became. */
export interface CellEdit {
  record: number;
  field: string;
  before: Wire;
  after: Wire;
}

/** What ⌘Z takes back at once: a typed cell, a paste, a fill, or a deletion. */
export type Act = { kind: 'edit'; cells: CellEdit[] } | { kind: 'delete'; records: number[] };

/** How many acts are kept. */
export const MAX_ACTS = 100;

/** A stack of acts with what was undone on top of it. It holds no requests: its user carries the acts out. */
export class UndoStack {
  private done: Act[] = [];
  private undone: Act[] = [];

  push(act: Act): void {
    if (act.kind === 'edit' && act.cells.length === 0) return;
    this.done.push(act);
    if (this.done.length > MAX_ACTS) this.done.shift();
    this.undone = [];
  }

  undo(): Act | undefined {
    const act = this.done.pop();
    if (!act) return undefined;
    this.undone.push(act);
    return act.kind === 'edit' ? { kind: 'edit', cells: act.cells.map(swap).reverse() } : act;
  }

  redo(): Act | undefined {
    const act = this.undone.pop();
    if (act) this.done.push(act);
    return act;
  }

  /** Forgets the cells that the server refused, so that undoing never "restores" a value that was never saved. */
  forget(refused: { record: number; field: string }[]): void {
    const gone = new Set(refused.map((c) => `${c.record}/${c.field}`));
    const last = this.done.at(-1);
    if (last?.kind !== 'edit') return;
    const cells = last.cells.filter((c) => !gone.has(`${c.record}/${c.field}`));
    if (cells.length > 0) this.done[this.done.length - 1] = { kind: 'edit', cells };
    else this.done.pop();
  }

  get depth(): number {
    return this.done.length;
  }

  clear(): void {
    this.done = [];
    this.undone = [];
  }
}

function swap(edit: CellEdit): CellEdit {
  return { ...edit, before: edit.after, after: edit.before };
}
