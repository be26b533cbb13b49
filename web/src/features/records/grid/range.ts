// Ranges of cells, and where what is pasted or filled goes.

export interface Cell {
  row: number;
  column: number;
}

/** A selection: where it began (the active cell) and where it was stretched to. */
export interface Selection {
  anchor: Cell;
  head: Cell;
}

/** A rectangle with both ends included. */
export interface Rectangle {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** The most cells that one paste or fill changes. */
export const MAX_CELLS = 5_000;

export function rectangle(selection: Selection): Rectangle {
  const { anchor, head } = selection;
  return {
    top: Math.min(anchor.row, head.row),
    bottom: Math.max(anchor.row, head.row),
    left: Math.min(anchor.column, head.column),
    right: Math.max(anchor.column, head.column),
  };
}

export function contains(r: Rectangle, row: number, column: number): boolean {
  return row >= r.top && row <= r.bottom && column >= r.left && column <= r.right;
}

export interface Placed extends Cell {
  text: string;
}

/**
 * Where each pasted text goes: from the selection's corner; a block that fits the selection a whole number of times
 * is repeated to fill it. What would fall outside the grid is left out.
 */
export function placePaste(table: string[][], selection: Selection, rows: number, columns: number): Placed[] {
  const height = table.length;
  const width = Math.max(0, ...table.map((row) => row.length));
  if (height === 0 || width === 0) return [];
  const r = rectangle(selection);
  const selectedHeight = r.bottom - r.top + 1;
  const selectedWidth = r.right - r.left + 1;
  const tall = selectedHeight % height === 0 ? selectedHeight : height;
  const wide = selectedWidth % width === 0 ? selectedWidth : width;
  const out: Placed[] = [];
  for (let i = 0; i < tall && r.top + i < rows; i++) {
    for (let j = 0; j < wide && r.left + j < columns; j++) {
      const text = table[i % height]?.[j % width];
      if (text !== undefined) out.push({ row: r.top + i, column: r.left + j, text });
    }
  }
  return out;
}

/** Which cell each cell takes its value from when the selection is filled down from its first row. */
export function placeFill(selection: Selection): { from: Cell; to: Cell }[] {
  const r = rectangle(selection);
  const out: { from: Cell; to: Cell }[] = [];
  const top = r.top === r.bottom ? r.top - 1 : r.top;
  if (top < 0) return out;
  for (let row = top + 1; row <= r.bottom; row++) {
    for (let column = r.left; column <= r.right; column++)
      out.push({ from: { row: top, column }, to: { row, column } });
  }
  return out;
}

/** The next place of a moving cell, kept inside the grid. */
export function step(cell: Cell, rows: number, columns: number, down: number, right: number): Cell {
  return {
    row: Math.max(0, Math.min(rows - 1, cell.row + down)),
    column: Math.max(0, Math.min(columns - 1, cell.column + right)),
  };
}

/** Tab moves right and on to the next row's first column, Shift+Tab the other way. */
export function tab(cell: Cell, rows: number, columns: number, back: boolean): Cell {
  const at = cell.row * columns + cell.column + (back ? -1 : 1);
  const kept = Math.max(0, Math.min(rows * columns - 1, at));
  return { row: Math.floor(kept / columns), column: kept % columns };
}
