import { describe, expect, it } from 'vitest';
import { inverse, isBlock, move, readBlock } from './targetBlock';
import {
  type Cell,
  type Grid,
  partsOf,
  type Row,
  readTarget,
  readWeights,
  sameValue,
  shift,
  targetItem,
  targetShown,
  typedValue,
} from './targets';

const cell: Cell = { value: '', own: false, weights: [], prorate: true, reached: '', percent: -1 };
const row: Row = { subject: { kind: 'team', id: 1, name: '华东' }, key: 'east', above: [], cells: [cell, cell, cell] };
const other: Row = { ...row, subject: { kind: 'person', id: 1, name: 'E1' }, key: 'E1' };
const period = (label: string) => ({ label, from: '', to: '', begun: true });
const grid: Grid = {
  metric: { key: 'won', name: { zh: '', en: '' } },
  unit: { zh: '', en: '' },
  currency: 'CNY',
  percent: false,
  spreads: true,
  year: '2026',
  periods: ['2026', '2026-H1', '2026-H2'].map(period),
  rows: [row, other],
  editable: true,
};
const money = { percent: false, currency: 'CNY' };

describe('a changed target', () => {
  const spread = { ...cell, weights: ['1', '3'], prorate: false };
  it('names its owner, and keeps how it is spread', () => {
    expect(targetItem('won', { row, period: '2026', cell: spread, value: '1200' })).toEqual({
      metric: 'won',
      team: 'east',
      period: '2026',
      value: '1200',
      spread: ['1', '3'],
      prorate: false,
    });
  });
  it('is spread anew when that is what changed, evenly too', () => {
    const change = { row, period: '2026', cell: spread, value: '1200' };
    expect(targetItem('won', { ...change, weights: ['2', '2'] })).toMatchObject({ spread: ['2', '2'] });
    expect(targetItem('won', { ...change, weights: [] })).not.toHaveProperty('spread');
  });
  it('is taken away when the cell is emptied', () => {
    expect(targetItem('won', { row, period: '2026', cell, value: '' })).toMatchObject({ remove: true, team: 'east' });
  });
});

describe('what is typed', () => {
  it.each([
    ['１，２００', '1200'],
    [' ¥1,200.50 ', '1200.5'],
    ['￥３万', '30000'],
    ['95％', '0.95'],
    ['', ''],
    ['—', ''],
  ])('%s is read', (typed, value) => {
    expect(readTarget(typed, money)).toEqual({ value });
  });
  it.each(['much', '1,20', '-5', '$100', '1e3', '10000000000001'])('%s is not', (typed) => {
    expect(readTarget(typed, money)).toHaveProperty('problem');
  });
  it('is not taken for thousands of per cent', () => {
    const percent = { percent: true, currency: '' };
    expect(readTarget('95', percent)).toHaveProperty('problem');
    expect(readTarget('95%', percent)).toEqual({ value: '0.95' });
    expect(readTarget('1.2', percent)).toEqual({ value: '1.2' });
  });
});

describe('a pasted block', () => {
  const texts = (block: ReturnType<typeof readBlock>) =>
    block.changes.map((each) => `${each.row.key} ${each.period} ${each.value}`);
  it('fills to the right and down, over the edge of a group', () => {
    const block = readBlock('¥1,000\t２０\r\n3\t4\r\n', { row: 0, column: 1 }, [row, other], grid);
    expect(texts(block)).toEqual(['east 2026-H1 1000', 'east 2026-H2 20', 'E1 2026-H1 3', 'E1 2026-H2 4']);
    expect(block.marks).toEqual({});
  });
  it('marks what it cannot read at its cell and fills the rest', () => {
    const block = readBlock('1\tsoon\n2\t3', { row: 0, column: 0 }, [row, other], grid);
    expect(texts(block)).toEqual(['east 2026 1', 'E1 2026 2', 'E1 2026-H1 3']);
    expect(block.marks['team 1 2026-H1']).toMatchObject({ text: 'soon', place: { row: 0, column: 1 } });
    expect(Object.keys(block.marks)).toHaveLength(1);
  });
  it('counts what falls beside the grid', () => {
    const block = readBlock('1\t2\t\n3\t4', { row: 1, column: 2 }, [row, other], grid);
    expect(texts(block)).toEqual(['E1 2026-H2 1']);
    expect(block.outside).toBe(3);
  });
  it('empties only what was set, and leaves what is the same alone', () => {
    const set = { ...row, cells: [{ ...cell, own: true, value: '5' }, { ...cell, value: '7' }, cell] };
    expect(texts(readBlock('\t\t', { row: 0, column: 0 }, [set], grid))).toEqual(['east 2026 ']);
    expect(texts(readBlock('5.0\t7', { row: 0, column: 0 }, [set], grid))).toEqual(['east 2026-H1 7']);
  });
  it('is undone, with how things were spread', () => {
    const before = { ...cell, own: true, value: '5', weights: ['1', '3'] };
    const [back] = inverse([{ row, period: '2026', cell: before, value: '9', weights: [] }]);
    expect(back && targetItem('won', back)).toMatchObject({ value: '5', spread: ['1', '3'] });
    const [away] = inverse([{ row, period: '2026', cell, value: '9' }]);
    expect(away && targetItem('won', away)).toMatchObject({ remove: true });
  });
  it('is more than one cell', () => {
    expect(isBlock('100\n')).toBe(false);
    expect(isBlock('100\t')).toBe(true);
    expect(isBlock('1\n2')).toBe(true);
  });
});

describe('moves', () => {
  const size = { rows: 3, columns: 3 };
  const from = { row: 1, column: 1 };
  it('go down with Enter and up with Shift', () => {
    expect(move({ key: 'Enter' }, from, size, null)).toEqual({ row: 2, column: 1 });
    expect(move({ key: 'Enter', shiftKey: true }, from, size, { start: 1, end: 1, length: 2 })).toEqual({
      row: 0,
      column: 1,
    });
    expect(move({ key: 'Enter' }, { row: 2, column: 1 }, size, null)).toBeNull();
  });
  it('go sideways only from the edge of the text', () => {
    expect(move({ key: 'ArrowLeft' }, from, size, { start: 1, end: 1, length: 2 })).toBeNull();
    expect(move({ key: 'ArrowLeft' }, from, size, { start: 0, end: 2, length: 2 })).toBeNull();
    expect(move({ key: 'ArrowLeft' }, from, size, { start: 0, end: 0, length: 2 })).toEqual({ row: 1, column: 0 });
    expect(move({ key: 'ArrowRight' }, from, size, { start: 1, end: 1, length: 2 })).toBeNull();
    expect(move({ key: 'ArrowRight' }, from, size, { start: 2, end: 2, length: 2 })).toEqual({ row: 1, column: 2 });
    expect(move({ key: 'ArrowRight' }, from, size, null)).toEqual({ row: 1, column: 2 });
    expect(move({ key: 'ArrowRight' }, { row: 1, column: 2 }, size, null)).toBeNull();
  });
});

describe('shares', () => {
  it('are read as percentages without losing a digit', () => {
    expect(typedValue('0.95', true)).toBe('95%');
    expect(shift('0.0125')).toBe('1.25');
    expect(shift('1')).toBe('100');
    expect(shift('-0.5')).toBe('-50');
    expect(typedValue('12', false)).toBe('12');
    expect(typedValue('1200000.00', false)).toBe('1200000');
  });
  it('is read with its currency and as many places as that has', () => {
    const money = (value: string, currency = 'CNY') => targetShown(value, { percent: false, currency });
    expect([money('1200000.00'), money('333333.30'), money('1200', 'JPY'), money('')]).toEqual([
      '¥1,200,000',
      '¥333,333.30',
      'JP¥1,200',
      '—',
    ]);
    expect(targetShown('0.95', { percent: true })).toBe('95%');
    expect(targetShown('1200', { percent: false })).toBe('1,200');
    expect(sameValue('1.50', '1.5')).toBe(true);
    expect(sameValue('', '0')).toBe(false);
  });
});

describe('weights', () => {
  it('are as many as the period has parts', () => {
    expect(partsOf('2026').map((each) => each.count)).toEqual([2, 4, 12]);
    expect(partsOf('2026-H1').map((each) => each.count)).toEqual([2, 6]);
    expect(partsOf('2026-Q1').map((each) => each.count)).toEqual([3]);
    expect(partsOf('2026-03')).toEqual([]);
  });
  it('are read as they are written, and one is above zero', () => {
    expect(readWeights(['20%', '２０', '30.0', '0'])).toEqual(['20', '20', '30', '0']);
    expect(readWeights(['0', '0'])).toBeNull();
    expect(readWeights(['1', '-1'])).toBeNull();
    expect(readWeights(['1', ''])).toBeNull();
  });
});
