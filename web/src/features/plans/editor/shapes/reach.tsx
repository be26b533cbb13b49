import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Reward } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { isPercent, prefixOf, suffixOf } from '../unit';
import { words } from '../words';
import { type BlanksProps, missingOfReward, type Params, type ShapeEditor, textOf, withParam } from './shape';

/** As many steps as one can still read. */
const maxSteps = 20;

interface Step {
  at: string;
  /** The plan's own reward where it is left out. */
  reward?: Reward;
}

const stepsOf = (params: Params): Step[] => (Array.isArray(params.steps) ? (params.steps as Step[]) : [{ at: '' }]);

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(words);
  const steps = stepsOf(params);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const setStep = (index: number, step: Step) =>
    set(
      'steps',
      steps.map((each, at) => (at === index ? step : each)),
    );
  const setReward = (index: number, reward: Reward) => {
    // The first step gives the plan's reward; the others name their own.
    if (index === 0) onReward(reward);
    else setStep(index, { ...(steps[index] as Step), reward });
  };
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
      <ol className="sentence-steps">
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have an order and no other name
          <li key={index}>
            <Fill
              sentence={t('reach_step')}
              blanks={{
                at: (
                  <NumberBlank
                    label={t('blank_number')}
                    field={`steps[${index}].at`}
                    required
                    prefix={prefixOf(metric)}
                    suffix={suffixOf(metric)}
                    percent={isPercent(metric)}
                    placeholder={isPercent(metric) ? '95' : String(1000000 * (index + 1))}
                    value={step.at}
                    onChange={(at) => setStep(index, { ...step, at })}
                  />
                ),
                reward: (
                  <RewardBlank
                    value={(index > 0 && step.reward) || def.reward}
                    onChange={(reward) => setReward(index, reward)}
                    field={index > 0 && step.reward ? `steps[${index}].reward` : 'reward'}
                  />
                ),
              }}
            />
            {steps.length > 1 && (
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('step_remove')}
                onClick={() => {
                  const rest = steps.filter((_, at) => at !== index);
                  const heir = index === 0 ? rest[0] : undefined;
                  if (heir?.reward) onReward(heir.reward);
                  set(
                    'steps',
                    rest.map((each, at) => (at === 0 ? { at: each.at } : each)),
                  );
                }}
              />
            )}
          </li>
        ))}
      </ol>
      <div className="sentence-more">
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={steps.length >= maxSteps}
          onClick={() => set('steps', [...steps, { at: '', reward: { ...def.reward } }])}
        >
          {t('step_add')}
        </Button>{' '}
        {steps.length > 1 && (
          <Fill
            sentence={t('reach_more')}
            blanks={{
              pay: (
                <ChoiceBlank
                  label={t('pay_highest')}
                  field="pay"
                  value={textOf(params, 'pay') || 'highest'}
                  onChange={(pay) => set('pay', pay)}
                  options={choices(['highest', 'all'] as const, (key) => t(`pay_${key}`))}
                />
              ),
            }}
          />
        )}
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
    ...stepsOf(params).flatMap((step, index) => [
      ...(step.at ? [] : [`steps[${index}].at`]),
      ...(index > 0 && step.reward ? missingOfReward(step.reward, `steps[${index}].reward`) : []),
    ]),
    ...missingOfReward(reward, 'reward'),
  ],
  Blanks,
};
