import { describe, expect, it } from 'vitest';
import { sumText } from './sum';

describe('a sum of metrics as arithmetic', () => {
  it('has signs between terms, and no factor of one', () => {
    const terms = [
      { metric: 'calls', times: '3' },
      { metric: 'sales' },
      { metric: 'errors', times: '-10' },
      { metric: 'sales', times: '-1', window: 'last_year' as const },
    ];
    expect(
      sumText(
        terms,
        (key) => key,
        (window, of) => `${of} (${window})`,
      ),
    ).toBe('3 × calls + sales − 10 × errors − sales (last_year)');
    expect(sumText([{ metric: 'errors', times: '-0.5' }], (key) => key, String)).toBe('−0.5 × errors');
  });
});
