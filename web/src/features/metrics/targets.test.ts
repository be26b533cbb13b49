import { describe, expect, it } from 'vitest';
import { type Cell, type Row, shift, targetItem, typedValue } from './targets';

const row: Row = { subject: { kind: 'team', id: 1, name: '华东' }, key: 'east', above: [], cells: [] };
const cell: Cell = { value: '', own: false, weights: [], prorate: true, reached: '', percent: -1 };

describe('a changed target', () => {
  it('names its owner, and keeps how it is spread', () => {
    expect(
      targetItem('won', {
        row,
        period: '2026',
        cell: { ...cell, weights: ['1', '3'], prorate: false },
        typed: ' 1,200 ',
      }),
    ).toEqual({
      metric: 'won',
      team: 'east',
      period: '2026',
      value: '1200',
      spread: ['1', '3'],
      prorate: false,
    });
  });
  it('is taken away when the cell is emptied', () => {
    expect(targetItem('won', { row, period: '2026', cell, typed: ' ' })).toMatchObject({ remove: true, team: 'east' });
  });
});

describe('shares', () => {
  it('are read as percentages without losing a digit', () => {
    expect(typedValue('0.95', true)).toBe('95%');
    expect(shift('0.0125')).toBe('1.25');
    expect(shift('1')).toBe('100');
    expect(shift('-0.5')).toBe('-50');
    expect(typedValue('12', false)).toBe('12');
  });
});
