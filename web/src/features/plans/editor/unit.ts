import type { Metric } from '@/api/types';
import { formatAmount } from '@/lib/format';
import { currentLanguage, pick } from '@/lib/i18n';

/** "¥" before figures of a metric in money. */
export function prefixOf(metric: Metric | undefined): string | undefined {
  return metric?.currency ? symbolOf(metric.currency) : undefined;
}

/** "个" after figures of a metric that counts. */
export function suffixOf(metric: Metric | undefined): string | undefined {
  return metric && !metric.currency ? pick(metric.unit, currentLanguage()) || undefined : undefined;
}

export function symbolOf(currency: string): string {
  return formatAmount({ amount: '0', currency }).slice(0, -1).trim();
}
