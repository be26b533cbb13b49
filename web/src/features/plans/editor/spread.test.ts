import { describe, expect, it } from 'vitest';
import type { Preview } from '@/api/types';
import { givesThings, spread } from './spread';

type Row = Preview['rows'][number];
const row = (due: string, amount?: string, ...given: string[]): Row => ({
  period: '2026-Q1',
  subject: { kind: 'person', id: 1, name: 'a' },
  value: '1',
  due,
  amount: amount === undefined ? undefined : { amount, currency: 'CNY' },
  given: (given.length > 0 ? given : ['奖']).map((each) => ({ zh: each, en: `${each} (en)` })),
});

describe('the distribution of a preview', () => {
  it('names each result while there are few', () => {
    expect(spread([row('1', '500.00'), row('2', '1000.00'), row('1', '500.00')], 'zh')).toEqual([
      { name: '¥500', height: 2, label: '2' },
      { name: '¥1,000', height: 1, label: '1' },
    ]);
  });
  it('counts things where there is no money', () => {
    const rows = [
      row('1', undefined, '服务之星'),
      row('3', undefined, '服务之星 × 3'),
      row('1', undefined, '服务之星'),
    ];
    expect(spread(rows, 'zh')).toEqual([
      { name: '服务之星', height: 2, label: '2' },
      { name: '服务之星 × 3', height: 1, label: '1' },
    ]);
    expect(spread(rows, 'en')[0]?.name).toBe('服务之星 (en)');
  });
  it('counts rewards where there are many different ones', () => {
    const rows = Array.from({ length: 20 }, (_, index) => row(String(1 + (index % 2)), undefined, `徽章 ${index}`));
    expect(spread(rows, 'zh').map((bar) => `${bar.name}: ${bar.label}`)).toEqual(['× 1: 10', '× 2: 10']);
  });
  it('tells plain cash from what also gives things', () => {
    expect(givesThings({ rows: [row('1', '500.00')] })).toBe(false);
    expect(givesThings({ rows: [row('1', '500.00'), row('1')] })).toBe(true);
    expect(givesThings({ rows: [row('2', '500.00', '¥500.00', '服务之星')] })).toBe(true);
  });
  it('gathers many results and loses none', () => {
    const rows = Array.from({ length: 50 }, (_, index) => row('1', `${index * 37 + 12}.00`));
    const bars = spread(rows, 'zh');
    expect(bars.length).toBeLessThanOrEqual(10);
    expect(bars.reduce((so_far, bar) => so_far + bar.height, 0)).toBe(50);
  });
  it('is empty for nobody', () => {
    expect(spread([], 'zh')).toEqual([]);
  });
});
