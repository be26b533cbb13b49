import { describe, expect, it } from 'vitest';
import { readTable, writeTable } from '@/lib/clipboard';
import { placeFill, placePaste, rectangle, type Selection, tab } from './range';

const select = (top: number, left: number, bottom = top, right = left): Selection => ({
  anchor: { row: top, column: left },
  head: { row: bottom, column: right },
});

describe('clipboard text', () => {
  it('reads rows and tabs, with or without a last line end', () => {
    expect(readTable('a\tb\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
  it('keeps tabs and line ends inside quotes', () => {
    expect(readTable('"a\nb"\t"say ""hi"""')).toEqual([['a\nb', 'say "hi"']]);
  });
  it('takes a lone quote as text', () => {
    expect(readTable('"24 inch\tb')).toEqual([['"24 inch', 'b']]);
  });
  it('keeps empty cells', () =>
    expect(readTable('\t\nx\t')).toEqual([
      ['', ''],
      ['x', ''],
    ]));
  it('writes what it can read back', () => {
    const rows = [
      ['plain', 'q"uote', 'line\nend'],
      ['', 'tab\there', '终'],
    ];
    expect(readTable(writeTable(rows))).toEqual(rows);
  });
});

describe('placePaste', () => {
  it('spreads from one cell', () => {
    expect(placePaste([['1', '2']], select(4, 1), 10, 10)).toEqual([
      { row: 4, column: 1, text: '1' },
      { row: 4, column: 2, text: '2' },
    ]);
  });
  it('repeats one value over the selection', () => {
    expect(placePaste([['x']], select(0, 0, 1, 1), 10, 10)).toHaveLength(4);
  });
  it('does not repeat a block that does not fit evenly', () => {
    expect(placePaste([['a'], ['b']], select(0, 0, 2, 0), 10, 10)).toHaveLength(2);
  });
  it('leaves out what falls off the grid', () => {
    expect(placePaste([['1', '2', '3']], select(9, 8), 10, 10).map((p) => p.column)).toEqual([8, 9]);
  });
  it('leaves cells alone that a ragged row does not have', () => {
    expect(placePaste([['1', '2'], ['3']], select(0, 0), 10, 10)).toHaveLength(3);
  });
});

describe('placeFill', () => {
  it('fills a selection from its first row', () => {
    expect(placeFill(select(2, 1, 4, 1))).toEqual([
      { from: { row: 2, column: 1 }, to: { row: 3, column: 1 } },
      { from: { row: 2, column: 1 }, to: { row: 4, column: 1 } },
    ]);
  });
  it('fills one cell from the cell above', () => {
    expect(placeFill(select(2, 0))).toEqual([{ from: { row: 1, column: 0 }, to: { row: 2, column: 0 } }]);
    expect(placeFill(select(0, 0))).toEqual([]);
  });
});

describe('moving', () => {
  it("turns at the row's end", () => {
    expect(tab({ row: 0, column: 2 }, 5, 3, false)).toEqual({ row: 1, column: 0 });
    expect(tab({ row: 1, column: 0 }, 5, 3, true)).toEqual({ row: 0, column: 2 });
    expect(tab({ row: 4, column: 2 }, 5, 3, false)).toEqual({ row: 4, column: 2 });
  });
  it('orders a selection drawn upwards', () => {
    expect(rectangle(select(5, 3, 2, 1))).toEqual({ top: 2, left: 1, bottom: 5, right: 3 });
  });
});
