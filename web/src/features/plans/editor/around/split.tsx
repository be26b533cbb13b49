import { useQuery } from '@tanstack/react-query';
import { metricsQuery } from '@/api/plans';
import type { Metric, PlanDef } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { percentShown, percentTyped, restOf100, sumOfPercents } from '../percent';
import { FaultLine, RemoveButton, Rows, replaced, without } from './List';
import { PersonBlank } from './PersonBlank';
import { type AroundPart, type PartProps, paysCash } from './part';
import { aroundWords } from './words';

export type Share = NonNullable<PlanDef['split']>[number];

const maxShares = 20;
const isUnit = (def: PlanDef) => def.subject === 'team' || def.subject === 'department';

/** Another size of one share. Of two shares the other is always what is left. */
export function withShare(shares: readonly Share[], index: number, typed: string): Share[] {
  const next = shares.map((each, at) => (at === index ? { ...each, share: typed } : each));
  const sum = sumOfPercents([percentShown(typed)]);
  if (shares.length !== 2 || typed === '' || sum === undefined) return next;
  const rest = restOf100(sum);
  return next.map((each, at) =>
    at === index ? each : { ...each, share: rest.startsWith('-') ? '' : percentTyped(rest) },
  );
}

/** Another recipient; what belongs to the one before goes with it. */
export const withRecipient = (share: Share, to: Share['to']): Share => ({
  to,
  share: share.share,
  ...(to === 'person' ? { person: '' } : {}),
});

/** How members divide their part: by what each brought only where the metric credits members, not units. */
export function waysToDivide(metric: Pick<Metric, 'team' | 'department'> | undefined, now: Share['by']) {
  const ofUnits = Boolean(metric?.team || metric?.department);
  return (['equal', 'days', 'value'] as const).filter((way) => way !== 'value' || !ofUnits || now === 'value');
}

function Blanks({ def, onChange }: PartProps) {
  const t = useWords(aroundWords);
  const metrics = useQuery(metricsQuery).data ?? [];
  const metric = def.earned ? undefined : metrics.find((each) => each.key === def.metric);
  const shares = def.split ?? [];
  const set = (index: number, share: Share) => onChange({ split: replaced(shares, index, share) });
  const recipients = isUnit(def)
    ? (['self', 'members', 'manager', 'person'] as const)
    : (['self', 'manager', 'person'] as const);
  const nameOf = (to: Share['to']) =>
    to === 'self' && isUnit(def) ? t(def.subject === 'team' ? 'to_self_team' : 'to_self_department') : t(`to_${to}`);
  return (
    <>
      {t('split')}
      <RemoveButton label={t('remove', { what: t('add_split') })} onClick={() => onChange({ split: undefined })} />
      <Rows
        rows={shares.map((share, index) => (
          <>
            <Fill
              sentence={t('split_part')}
              blanks={{
                who: (
                  <>
                    <ChoiceBlank
                      label={t('split_who')}
                      field={`split[${index}].to`}
                      value={share.to}
                      onChange={(to) => set(index, withRecipient(share, to))}
                      options={choices(
                        recipients.includes(share.to as never) ? recipients : [...recipients, share.to],
                        nameOf,
                      )}
                    />
                    {share.to === 'person' && (
                      <PersonBlank
                        label={t('person')}
                        field={`split[${index}].person`}
                        value={share.person ?? ''}
                        onChange={(person) => set(index, { ...share, person })}
                      />
                    )}
                  </>
                ),
                share: (
                  <NumberBlank
                    label={t('split_share')}
                    field={`split[${index}].share`}
                    required
                    percent
                    placeholder={index === 0 ? '70' : '30'}
                    value={share.share}
                    onChange={(typed) => onChange({ split: withShare(shares, index, typed) })}
                  />
                ),
              }}
            />
            {share.to === 'members' && (
              <Fill
                sentence={t('split_by')}
                blanks={{
                  by: (
                    <ChoiceBlank
                      label={t('by_equal')}
                      field={`split[${index}].by`}
                      value={share.by ?? 'equal'}
                      onChange={(by) => set(index, { ...share, by })}
                      options={choices(waysToDivide(metric, share.by), (key) => t(`by_${key}`))}
                    />
                  ),
                }}
              />
            )}
          </>
        ))}
        removeLabel={(index) => t('remove', { what: nameOf(shares[index]?.to ?? 'self') })}
        onRemove={shares.length > 1 ? (index) => onChange({ split: without(shares, index) }) : undefined}
        addLabel={t('split_more')}
        onAdd={
          shares.length < maxShares
            ? () => onChange({ split: [...shares, { to: 'person', person: '', share: '' }] })
            : undefined
        }
      >
        <Sum shares={shares} />
      </Rows>
      <FaultLine field="split" />
    </>
  );
}

/** What the shares come to, while they are typed. */
function Sum({ shares }: { shares: readonly Share[] }) {
  const t = useWords(aroundWords);
  const sum = sumOfPercents(shares.map((each) => percentShown(each.share)));
  if (sum === undefined) return null;
  const rest = restOf100(sum);
  if (rest === '0') return <span className="quiet">{t('split_sum', { sum })}</span>;
  return (
    <span className="around-off">
      {rest.startsWith('-') ? t('split_over', { sum, rest: rest.slice(1) }) : t('split_short', { sum, rest })}
    </span>
  );
}

/** Who divides what is earned, by exact shares. */
export const split: AroundPart = {
  key: 'split',
  offered: paysCash,
  present: (def) => (def.split?.length ?? 0) > 0,
  start: (def) => ({
    split: isUnit(def)
      ? [{ to: 'members', share: '100%', by: 'equal' }]
      : [
          { to: 'self', share: '' },
          { to: 'manager', share: '' },
        ],
  }),
  none: { split: undefined },
  missing: (def) =>
    (def.split ?? []).flatMap((share, index) => [
      ...(share.share ? [] : [`split[${index}].share`]),
      ...(share.to === 'person' && !share.person ? [`split[${index}].person`] : []),
    ]),
  Blanks,
};
