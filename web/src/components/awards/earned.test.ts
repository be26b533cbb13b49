import { describe, expect, it } from 'vitest';
import { daysBetween, earnedAt, lastDay, laterLast } from './earned';

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

describe('a list of awards', () => {
  const award = (id: number, earned_at: string) => ({ id, earned_at, period });
  it('opens with what has happened, not with what is dated later', () => {
    const list = [award(3, '2026-06-30T16:00:00Z'), award(2, '2026-06-30T15:00:00Z'), award(1, '2026-05-01T00:00:00Z')];
    expect(laterLast(list, 'Asia/Shanghai', '2026-06-30').map((each) => each.id)).toEqual([2, 1, 3]);
  });
  it('counts days by the calendar', () => {
    expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1);
    expect(daysBetween('2026-03-02', '2026-03-01')).toBe(-1);
  });
});
