import type { Plan } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { words } from './words';

/** Things that come in pieces. Points and leave carry their number in each award, so a count would mislead. */
const pieces = ['gift', 'title', 'badge', 'training', 'growth'] as const;

/** What a plan has given besides money: “12 份礼品、3 个徽章”. */
export function useGiven(plan: Pick<Plan, 'given'>): string {
  const t = useWords(words);
  return pieces
    .filter((kind) => (plan.given[kind] ?? 0) > 0)
    .map((kind) => t(`given_${kind}`, { count: plan.given[kind] ?? 0 }))
    .join(t('given_and'));
}
