import { describe, expect, it } from 'vitest';
import { earnedAt, lastDay } from './earned';

const period = { label: '2026', from: '2026-01-01', to: '2027-01-01', running: true };

describe('when an award was earned', () => {
  it('the end of the period is its last day', () => {
    expect(earnedAt({ earned_at: '2026-12-31T16:00:00Z', period }, 'Asia/Shanghai')).toBe('2026-12-31');
  });
  it('within the period it is the moment in the data', () => {
    expect(earnedAt({ earned_at: '2026-12-31T15:59:00Z', period }, 'Asia/Shanghai')).toBe('2026-12-31T15:59:00Z');
  });
  it('a month ends on its last day', () => {
    expect(lastDay('2028-03-01')).toBe('2028-02-29');
  });
});
