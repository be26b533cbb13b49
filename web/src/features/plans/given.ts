import type { Plan } from '@/api/types';
import { formatNumber } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { words } from './words';

/** Things that come in pieces. */
const pieces = ['gift', 'title', 'badge', 'training', 'growth'] as const;

/** Things that carry a number of their own: a count of awards would mislead. */
const figured = ['points', 'leave'] as const;

/** What a plan has given besides money: “12 份礼品、60 积分”. */
export function useGiven(plan: Pick<Plan, 'given' | 'figures'>): string {
  const t = useWords(words);
  const things = pieces
    .filter((kind) => (plan.given[kind] ?? 0) > 0)
    .map((kind) => t(`given_${kind}`, { count: plan.given[kind] ?? 0 }));
  const figures = figured
    .filter((kind) => Number(plan.figures[kind] ?? 0) !== 0)
    .map((kind) =>
      t(`given_${kind}`, { figure: formatNumber(plan.figures[kind]), count: plan.figures[kind] === '1' ? 1 : 2 }),
    );
  return [...things, ...figures].join(t('given_and'));
}
