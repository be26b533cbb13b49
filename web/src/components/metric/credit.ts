import type { Field, MetricDef } from '@/api/types';
import { personFields, unitFields } from './fields';

type Credit = NonNullable<MetricDef['credit']>;

/** How a metric says whom a record counts for. */
export type CreditWay = 'person' | 'shares' | 'team' | 'department';

export function creditWay(def: MetricDef): CreditWay {
  if (def.team !== undefined) return 'team';
  if (def.department !== undefined) return 'department';
  return def.credit?.length ? 'shares' : 'person';
}

/** The metric credited in another way; the person chosen so far stays the first of several. */
export function changeWay(def: MetricDef, way: CreditWay, fields: readonly Field[]): MetricDef {
  const { person, credit, team: _team, department: _department, count: _count, ...rest } = def;
  const only = (list: readonly Field[]) => (list.length === 1 ? (list[0]?.key ?? '') : '');
  const first = person || credit?.[0]?.person || only(personFields(fields));
  switch (way) {
    case 'person':
      return { ...rest, person: first };
    case 'shares':
      return { ...rest, credit: withShares([{ person: first }, { person: '' }], 'fixed') };
    default:
      return { ...rest, [way]: only(unitFields(fields)) };
  }
}

/** What the parts of several persons are: fixed percentages, a field of the record, or equal. */
export type ShareWay = 'fixed' | 'field' | 'equal';

export function shareWay(credit: Credit): ShareWay {
  if (credit.some((each) => each.share_field !== undefined)) return 'field';
  return credit.some((each) => each.share !== undefined) ? 'fixed' : 'equal';
}

/** The persons with parts of one kind; what was said of that kind before stays. */
export function withShares(credit: Credit, way: ShareWay): Credit {
  return credit.map(({ person, share, share_field }) => {
    if (way === 'fixed') return { person, share: share ?? '' };
    if (way === 'field') return { person, share_field: share_field ?? '' };
    return { person };
  });
}

/** A fixed part as it is kept, from what was typed; an emptied one says nothing, not "%". */
export function shareOf(typed: string): string {
  const number = typed.replace('%', '').trim();
  return number && `${number}%`;
}

/** True when every person and part is said. */
export function isCreditComplete(def: MetricDef): boolean {
  switch (creditWay(def)) {
    case 'team':
      return Boolean(def.team);
    case 'department':
      return Boolean(def.department);
    case 'shares':
      return (def.credit ?? []).every((each) => each.person && each.share !== '' && each.share_field !== '');
    default:
      return Boolean(def.person);
  }
}
