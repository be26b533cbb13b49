import type { PlanDef } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { FaultLine, RemoveButton, Rows, replaced, without } from './List';
import { type AroundPart, type PartProps, paysCash } from './part';
import { aroundWords } from './words';

type Step = NonNullable<PlanDef['ramp']>[number];

const maxSteps = 24;
/** Months are small whole numbers; 0 stands for a blank that is empty. */
const monthsTyped = (typed: string) => Number.parseInt(typed.slice(0, 4), 10) || 0;

function Blanks({ def, onChange }: PartProps) {
  const t = useWords(aroundWords);
  const steps = def.ramp ?? [];
  const set = (index: number, step: Step) => onChange({ ramp: replaced(steps, index, step) });
  return (
    <>
      <Fill
        sentence={t('ramp')}
        blanks={{
          on: (
            <ChoiceBlank
              label={t('ramp_on')}
              field="ramp_on"
              value={def.ramp_on ?? 'amount'}
              onChange={(on) => onChange({ ramp_on: on })}
              options={choices(['amount', 'targets'] as const, (key) => t(`ramp_${key}`))}
            />
          ),
        }}
      />
      <RemoveButton label={t('remove', { what: t('add_ramp') })} onClick={() => onChange(ramp.none)} />
      <Rows
        rows={steps.map((step, index) => (
          <Fill
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have an order and no other name
            key={index}
            sentence={t('ramp_step')}
            blanks={{
              below: (
                <NumberBlank
                  label={t('ramp_below')}
                  field={`ramp[${index}].below`}
                  required
                  placeholder={String(3 * (index + 1))}
                  value={step.below > 0 ? String(step.below) : ''}
                  onChange={(typed) => set(index, { ...step, below: monthsTyped(typed) })}
                />
              ),
              percent: (
                <NumberBlank
                  label={t('ramp_percent')}
                  field={`ramp[${index}].percent`}
                  required
                  percent
                  placeholder={index === 0 ? '50' : '75'}
                  value={step.percent}
                  onChange={(percent) => set(index, { ...step, percent })}
                />
              ),
            }}
          />
        ))}
        removeLabel={() => t('remove', { what: t('ramp_below') })}
        onRemove={steps.length > 1 ? (index) => onChange({ ramp: without(steps, index) }) : undefined}
        addLabel={t('ramp_more')}
        onAdd={steps.length < maxSteps ? () => onChange({ ramp: [...steps, { below: 0, percent: '' }] }) : undefined}
      />
      <FaultLine field="ramp" />
    </>
  );
}

/** Percentages for newcomers, by full months since they joined. */
export const ramp: AroundPart = {
  key: 'ramp',
  offered: (def) => paysCash(def) && def.subject === 'person',
  present: (def) => (def.ramp?.length ?? 0) > 0,
  start: () => ({ ramp: [{ below: 0, percent: '' }] }),
  none: { ramp: undefined, ramp_on: undefined },
  missing: (def) =>
    (def.ramp ?? []).flatMap((step, index) => [
      ...(step.below > 0 ? [] : [`ramp[${index}].below`]),
      ...(step.percent ? [] : [`ramp[${index}].percent`]),
    ]),
  Blanks,
};
