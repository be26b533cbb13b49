import type { AwardState, AwardsFilter, RewardKind } from '@/lib/paths';

export const states = ['granted', 'provisional', 'reversed'] as const satisfies readonly AwardState[];
const kinds = ['cash', 'gift', 'title', 'badge', 'training', 'growth', 'points', 'leave'] as const;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** What an address asks for; what it cannot mean is left out. */
export function filterOf(search: Partial<Record<keyof AwardsFilter, string>>): AwardsFilter {
  const asDay = (text: string | undefined) => (text && day.test(text) ? text : undefined);
  const person = Number(search.person) || undefined;
  return {
    person,
    unit: (person === undefined && Number(search.unit)) || undefined,
    plan: search.plan || undefined,
    period: search.period || undefined,
    state: search.state === 'all' ? 'all' : states.find((state) => state === search.state),
    kind: kinds.find((kind) => kind === search.kind) satisfies RewardKind | undefined,
    currency: search.currency || undefined,
    own: (person !== undefined && search.own === 'true') || undefined,
    from: asDay(search.from),
    to: asDay(search.to),
  };
}

/** The narrowing parts of a filter, each of which can be taken away. */
export type Chip = 'person' | 'own' | 'unit' | 'plan' | 'period' | 'kind' | 'days';

export function chipsOf(filter: AwardsFilter): Chip[] {
  const chips: Chip[] = [];
  if (filter.person) chips.push('person');
  if (filter.own) chips.push('own');
  if (filter.unit) chips.push('unit');
  if (filter.plan) chips.push('plan');
  if (filter.period) chips.push('period');
  if (filter.kind) chips.push('kind');
  if (filter.from || filter.to) chips.push('days');
  return chips;
}

export function without(filter: AwardsFilter, chip: Chip): AwardsFilter {
  if (chip === 'days') return { ...filter, from: undefined, to: undefined };
  if (chip === 'kind') return { ...filter, kind: undefined, currency: undefined };
  if (chip === 'person') return { ...filter, person: undefined, own: undefined };
  return { ...filter, [chip]: undefined };
}
