import { useMe } from '@/api/session';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { symbolOf } from '../unit';
import { FaultLine, RemoveButton } from './List';
import { type AroundPart, type PartProps, paysCash } from './part';
import { aroundWords } from './words';

function Rollup({ def, onChange }: PartProps) {
  const t = useWords(aroundWords);
  return (
    <>
      <Fill
        sentence={t('rollup')}
        blanks={{
          rollup: (
            <ChoiceBlank
              label={t('add_rollup')}
              field="rollup"
              value={def.rollup === 'tree' ? 'tree' : 'reports'}
              onChange={(rollup) => onChange({ rollup })}
              options={choices(['reports', 'tree'] as const, (key) =>
                t(def.earned ? `rewards_${key}` : `rollup_${key}`),
              )}
            />
          ),
        }}
      />
      <RemoveButton label={t('remove', { what: t('add_rollup') })} onClick={() => onChange(rollup.none)} />
    </>
  );
}

/** A manager's plan on what their people bring: counts and sums only, or what another plan gives. */
export const rollup: AroundPart = {
  key: 'rollup',
  offered: (def, metric) =>
    def.subject === 'person' &&
    !def.excludes &&
    (!metric || Boolean(def.earned) || ['count', 'sum'].includes(metric.measure.kind)),
  present: (def) => def.rollup === 'reports' || def.rollup === 'tree',
  start: () => ({ rollup: 'reports' }),
  none: { rollup: undefined },
  missing: () => [],
  Blanks: Rollup,
};

function Proration({ def, onChange }: PartProps) {
  const t = useWords(aroundWords);
  return (
    <>
      <Fill
        sentence={t('proration')}
        blanks={{
          proration: (
            <ChoiceBlank
              label={t('add_proration')}
              field="proration"
              value={def.proration === 'thresholds' ? 'thresholds' : 'amount'}
              onChange={(how) => onChange({ proration: how })}
              options={choices(['amount', 'thresholds'] as const, (key) => t(`proration_${key}`))}
            />
          ),
        }}
      />
      <RemoveButton label={t('remove', { what: t('add_proration') })} onClick={() => onChange(proration.none)} />
    </>
  );
}

/** What becomes of the rewards of those who are there for a part of the period. */
export const proration: AroundPart = {
  key: 'proration',
  offered: paysCash,
  present: (def) => def.proration === 'amount' || def.proration === 'thresholds',
  start: () => ({ proration: 'amount' }),
  none: { proration: undefined },
  missing: () => [],
  Blanks: Proration,
};

function Budget({ def, onChange }: PartProps) {
  const t = useWords(aroundWords);
  const home = useMe().organisation.currency;
  const held = def.budget ?? { amount: '' };
  return (
    <>
      <Fill
        sentence={t('budget')}
        blanks={{
          amount: (
            <NumberBlank
              label={t('budget_amount')}
              field="budget.amount"
              required
              prefix={symbolOf(def.reward.currency || home)}
              placeholder="100000"
              value={held.amount}
              onChange={(amount) => onChange({ budget: { ...held, amount } })}
            />
          ),
          short: (
            <ChoiceBlank
              label={t('short_part')}
              field="budget.short"
              value={held.short ?? 'part'}
              onChange={(short) => onChange({ budget: { ...held, short } })}
              options={choices(['part', 'nothing'] as const, (key) => t(`short_${key}`))}
            />
          ),
        }}
      />
      <RemoveButton label={t('remove', { what: t('add_budget') })} onClick={() => onChange(budget.none)} />
      <FaultLine field="budget" />
    </>
  );
}

/** What the plan gives in one period at most. */
export const budget: AroundPart = {
  key: 'budget',
  offered: paysCash,
  present: (def) => Boolean(def.budget),
  start: () => ({ budget: { amount: '' } }),
  none: { budget: undefined },
  missing: (def) => (def.budget && !def.budget.amount ? ['budget.amount'] : []),
  Blanks: Budget,
};
