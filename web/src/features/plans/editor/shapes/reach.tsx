import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { figureOf, isPercent } from '../unit';
import { words } from '../words';
import { type BlanksProps, type Params, type ShapeEditor, textOf, withParam } from './shape';
import { missingOfSteps, type Step, Steps } from './steps';

interface Line extends Step {
  at: string;
}

const linesOf = (params: Params): Line[] => (Array.isArray(params.steps) ? (params.steps as Line[]) : [{ at: '' }]);

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(words);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  return (
    <>
      <Fill
        sentence={t('reach')}
        blanks={{
          metric: metricBlank,
          compare: (
            <ChoiceBlank
              label={t('compare_at_least')}
              field="compare"
              value={textOf(params, 'compare') || 'at_least'}
              onChange={(compare) => set('compare', compare)}
              options={choices(['at_least', 'above'] as const, (key) => t(`compare_${key}`))}
            />
          ),
        }}
      />
      <Steps
        steps={linesOf(params)}
        onSteps={(steps) => set('steps', steps)}
        line={{ sentence: t('reach_step'), blank: 'at' }}
        blankOf={(step, index, setStep) => (
          <NumberBlank
            label={t('blank_number')}
            field={`steps[${index}].at`}
            required
            {...figureOf(metric)}
            placeholder={isPercent(metric) ? '95' : String(1000000 * (index + 1))}
            value={step.at}
            onChange={(at) => setStep({ ...step, at })}
          />
        )}
        fresh={{ at: '' }}
        {...{ params, onParams, def, onReward }}
      />
      <div className="sentence-more">
        <Fill
          sentence={t('reach_reads')}
          blanks={{
            over: (
              <ChoiceBlank
                label={t('reach_over')}
                field="accumulate"
                value={textOf(params, 'accumulate') || 'period'}
                onChange={(over) => set('accumulate', over === 'period' ? undefined : over)}
                options={choices(['period', 'quarter', 'half', 'year'] as const, (key) => t(`over_${key}`))}
              />
            ),
          }}
        />
      </div>
    </>
  );
}

/** 达到: steps on the way up. */
export const reach: ShapeEditor = {
  key: 'reach',
  start: () => ({ steps: [{ at: '' }], pay: 'highest', compare: 'at_least' }),
  computesAmount: false,
  missing: (params, reward) => [
    ...linesOf(params).flatMap((step, index) => (step.at ? [] : [`steps[${index}].at`])),
    ...missingOfSteps(linesOf(params), reward),
  ],
  Blanks,
};
