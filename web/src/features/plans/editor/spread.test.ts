import { describe, expect, it } from 'vitest';
import type { Preview } from '@/api/types';
import { spread } from './spread';

type Row = Preview['rows'][number];
const row = (due: string, amount?: string): Row => ({
  period: '2026-Q1',
  subject: { kind: 'person', id: 1, name: 'a' },
  value: '1',
  due,
  amount: amount === undefined ? undefined : { amount, currency: 'CNY' },
  reward: { zh: '奖', en: 'r' },
});

describe('the distribution of a preview', () => {
  it('names each result while there are few', () => {
    expect(spread([row('1', '500.00'), row('2', '1000.00'), row('1', '500.00')])).toEqual([
      { name: '¥500', height: 2, label: '2' },
      { name: '¥1,000', height: 1, label: '1' },
    ]);
  });
  it('counts things where there is no money', () => {
    expect(spread([row('1'), row('3')]).map((bar) => bar.name)).toEqual(['× 1', '× 3']);
  });
  it('gathers many results and loses none', () => {
    const rows = Array.from({ length: 50 }, (_, index) => row('1', `${index * 37 + 12}.00`));
    const bars = spread(rows);
    expect(bars.length).toBeLessThanOrEqual(10);
    expect(bars.reduce((so_far, bar) => so_far + bar.height, 0)).toBe(50);
  });
  it('is empty for nobody', () => {
    expect(spread([])).toEqual([]);
  });
});
