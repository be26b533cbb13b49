import { describe, expect, it } from 'vitest';
import { currencyOf } from './currency';

describe('the currency of a column', () => {
  it.each([
    ['nothing is written', undefined, 'USD', 'USD'],
    ['a code is written', 'EUR', 'CNY', 'EUR'],
    ['a sign of the company’s own', '$', 'HKD', 'HKD'],
    ['a sign of another', '$', 'CNY', 'USD'],
    ['a yen or yuan at a company that counts in dollars', '¥', 'USD', 'CNY'],
  ])('%s', (_, written, home, want) => {
    expect(currencyOf({ guess: { currency: written, confidence: 100 } }, home)).toBe(want);
  });
});
