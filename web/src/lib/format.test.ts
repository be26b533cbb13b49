import { describe, expect, it } from 'vitest';
import {
  formatAmount,
  formatAmountShort,
  formatNumber,
  formatPeriod,
  isNegative,
  isZero,
  subtract,
  sum,
} from './format';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });

describe('numbers', () => {
  it.each([
    ['thousands', '1234567.5', '1,234,567.5'],
    ['beyond what a float can hold', '90071992547409931.07', '90,071,992,547,409,931.07'],
    ['negative', '-1000', '-1,000'],
    ['under a thousand', '999', '999'],
    ['zero', '0', '0'],
    ['no value is not zero', '', '—'],
    ['a text that the server formatted', '12.5 %', '12.5 %'],
  ])('%s', (_, text, shown) => {
    expect(formatNumber(text)).toBe(shown);
  });
});

describe('amounts', () => {
  it.each([
    ['yuan', yuan('1234567.00'), '¥1,234,567.00'],
    ['loss', yuan('-1236.00'), '-¥1,236.00'],
    ['a currency without a symbol here', { amount: '5.000', currency: 'KWD' }, 'KWD 5.000'],
  ])('%s', (_, amount, shown) => {
    expect(formatAmount(amount)).toBe(shown);
  });
  it('writes a plus where asked, and none for zero', () => {
    expect(formatAmount(yuan('500.00'), true)).toBe('+¥500.00');
    expect(formatAmount(yuan('0.00'), true)).toBe('¥0.00');
  });
  it('the short form drops nothing but ".00"', () => {
    expect(formatAmountShort(yuan('12480.00'))).toBe('¥12,480');
    expect(formatAmountShort(yuan('12480.50'))).toBe('¥12,480.50');
  });
});

describe('exact arithmetic on texts', () => {
  it.each([
    ['falls below zero', '0.10', '0.30', '-0.20'],
    ['no float error', '0.30', '0.10', '0.20'],
    ['different places', '5', '0.005', '4.995'],
  ])('subtract: %s', (_, a, b, difference) => {
    expect(subtract(yuan(a), yuan(b))).toEqual(yuan(difference));
  });
  it('does not mix currencies', () => {
    expect(subtract(yuan('1'), { amount: '1', currency: 'USD' })).toBeNull();
    expect(sum([yuan('1'), { amount: '1', currency: 'USD' }])).toBeNull();
  });
  it('sums', () => {
    expect(sum([yuan('0.10'), yuan('0.20'), yuan('-0.05')])).toEqual(yuan('0.25'));
  });
  it('minus zero is zero', () => {
    expect(isZero('-0.00')).toBe(true);
    expect(isNegative('-0.00')).toBe(false);
    expect(isNegative('-0.01')).toBe(true);
  });
});

describe('periods', () => {
  it.each([
    ['2026-Q1', '2026 年第 1 季度', 'Q1 2026'],
    ['2026-03', '2026 年 3 月', 'March 2026'],
    ['2026-W07', '2026 年第 7 周', 'week 7, 2026'],
    ['2026-H2', '2026 年下半年', 'H2 2026'],
    ['2026', '2026 年', '2026'],
    ['2026-Q1 01-01..02-14', '2026 年第 1 季度（1 月 1 日至 2 月 14 日）', 'Q1 2026 (Jan 1 to Feb 14)'],
    ['双十一 11-05..11-11', '双十一（11 月 5 日至 11 月 11 日）', '双十一 (Nov 5 to Nov 11)'],
    ['FY2026', 'FY2026', 'FY2026'],
  ])('%s', (label, zh, en) => {
    expect(formatPeriod(label, 'zh')).toBe(zh);
    expect(formatPeriod(label, 'en')).toBe(en);
  });
});
