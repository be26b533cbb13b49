import { readTable } from '@/lib/clipboard';
import type { Text } from '@/lib/i18n';
import { cellKey, type Grid, type Row, readTarget, sameValue, type TargetChange } from './targets';

/** A place in the grid: rows in the order in which they are shown, columns from the year on. */
export interface Place {
  row: number;
  column: number;
}

/** A text that could not become a target, where it stands, and why. */
export interface Mark {
  place: Place;
  text: string;
  problem: Text;
}

export interface Block {
  changes: TargetChange[];
  marks: Record<string, Mark>;
  /** Texts that fell beside the grid. */
  outside: number;
}

/** Whether a text of the clipboard is more than one cell. */
export function isBlock(text: string): boolean {
  const table = readTable(text);
  return table.length > 1 || (table[0]?.length ?? 0) > 1;
}

/** What a pasted block does, from one cell to the right and down. An empty text empties a cell that was set. */
export function readBlock(text: string, at: Place, rows: readonly Row[], grid: Grid): Block {
  const out: Block = { changes: [], marks: {}, outside: 0 };
  readTable(text).forEach((line, down) => {
    line.forEach((typed, right) => {
      const place = { row: at.row + down, column: at.column + right };
      const row = rows[place.row];
      const cell = row?.cells[place.column];
      const period = grid.periods[place.column]?.label;
      if (!row || !cell || !period) {
        if (typed.trim() !== '') out.outside++;
        return;
      }
      const read = readTarget(typed, grid);
      if ('problem' in read) out.marks[cellKey(row, period)] = { place, text: typed.trim(), problem: read.problem };
      else if (!sameValue(read.value, cell.own ? cell.value : ''))
        out.changes.push({ row, period, cell, value: read.value });
    });
  });
  return out;
}

/** What puts changed cells back as they were. */
export function inverse(changes: readonly TargetChange[]): TargetChange[] {
  return changes.map((change) => {
    const { cell, value, weights } = change;
    return {
      ...change,
      cell: { ...cell, own: value !== '', value, weights: weights ?? cell.weights },
      value: cell.own ? cell.value : '',
      weights: cell.weights,
    };
  });
}

/** Where the caret stands in a cell that is being edited; null when the cell only has the focus. */
export type Caret = { start: number; end: number; length: number } | null;

/** Where a key leads to from a cell; null when it stays, or means something else. */
export function move(
  key: { key: string; shiftKey?: boolean },
  from: Place,
  size: { rows: number; columns: number },
  caret: Caret,
): Place | null {
  const step = (down: number, right: number): Place | null => {
    const to = { row: from.row + down, column: from.column + right };
    return to.row < 0 || to.column < 0 || to.row >= size.rows || to.column >= size.columns ? null : to;
  };
  switch (key.key) {
    case 'Enter':
      return step(key.shiftKey ? -1 : 1, 0);
    case 'ArrowUp':
      return step(-1, 0);
    case 'ArrowDown':
      return step(1, 0);
    case 'ArrowLeft':
      return caret && (caret.start > 0 || caret.end > 0) ? null : step(0, -1);
    case 'ArrowRight':
      return caret && (caret.start < caret.length || caret.end < caret.length) ? null : step(0, 1);
    default:
      return null;
  }
}
