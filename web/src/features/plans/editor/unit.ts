import { useMe } from '@/api/session';
import type { Metric, Reward } from '@/api/types';
import { formatAmount } from '@/lib/format';
import { currentLanguage, pick } from '@/lib/i18n';

/** "¥" before figures of a metric in money. */
export function prefixOf(metric: Metric | undefined): string | undefined {
  return metric?.currency ? symbolOf(metric.currency) : undefined;
}

/** Values are fractions that people read and type as percentages: the server says so, which reads them the same way. */
export const isPercent = (metric: Metric | undefined): boolean => metric?.percent ?? false;

/** How figures of a metric are shown and typed. */
export const figureOf = (metric: Metric | undefined) => ({
  prefix: prefixOf(metric),
  suffix: suffixOf(metric),
  percent: isPercent(metric),
});

/** "个" after figures of a metric that counts. */
export function suffixOf(metric: Metric | undefined): string | undefined {
  return metric && !metric.currency ? pick(metric.unit, currentLanguage()) || undefined : undefined;
}

/** "¥" before amounts of a reward of cash. */
export function useSymbol(reward: Reward): string | undefined {
  const home = useMe().organisation.currency;
  return reward.kind === 'cash' ? symbolOf(reward.currency || home) : undefined;
}

export function symbolOf(currency: string): string {
  return formatAmount({ amount: '0', currency }).slice(0, -1).trim();
}
