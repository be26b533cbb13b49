import dayjs from 'dayjs';
import type { Award } from '@/api/types';
import { inZone } from '../DateText';

/** Windows are half-open: the last day of one that ends before 2027-01-01 is 2026-12-31. */
export function lastDay(to: string): string {
  return dayjs(to).subtract(1, 'day').format('YYYY-MM-DD');
}

/**
 * When an award was earned. One that only the end of its period decides carries the first instant after it;
 * to a reader that is the period's last day.
 */
export function earnedAt(award: Pick<Award, 'earned_at' | 'period'>, zone: string | undefined): string {
  const day = inZone(award.earned_at, zone).format('YYYY-MM-DD');
  return day >= award.period.to ? lastDay(award.period.to) : award.earned_at;
}

/** Days from one day to another; negative when the other is earlier. */
export function daysBetween(day: string, other: string): number {
  return dayjs(other).diff(dayjs(day), 'day');
}

/** Awards dated later than today go behind the others: a list opens with what has happened. Order stays otherwise. */
export function laterLast<A extends Pick<Award, 'earned_at' | 'period'>>(
  awards: readonly A[],
  zone: string | undefined,
  today: string,
): A[] {
  const later = (award: A) => {
    const when = earnedAt(award, zone);
    return (when.includes('T') ? inZone(when, zone).format('YYYY-MM-DD') : when) > today;
  };
  return [...awards.filter((each) => !later(each)), ...awards.filter(later)];
}
