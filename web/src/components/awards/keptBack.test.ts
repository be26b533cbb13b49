import { describe, expect, it } from 'vitest';
import { isKeptBack } from './keptBack';

const why = { zh: '条件未满足：毛利率', en: 'a condition is not met: margin' };
const none = { zh: '', en: '' };

describe('a bar is drawn', () => {
  it.each([
    ['not where all but a condition is there', 1000, false, why, true],
    ['on the way', 800, false, why, false],
    ['where nothing is missing', 1000, false, none, false],
    ['where the reward is earned', 1000, true, why, false],
  ])('%s', (_, ratio, done, why_not, kept) => expect(isKeptBack({ ratio, done, why_not })).toBe(kept));
});
