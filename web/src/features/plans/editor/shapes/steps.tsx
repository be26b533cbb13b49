import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useContext } from 'react';
import type { PlanDef, Reward } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { replaced, without } from '../around/List';
import { ChoiceBlank, choices } from '../blanks';
import { ConditionContext, Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { words } from '../words';
import { missingOfReward, type Params, textOf, withParam } from './shape';

/** As many steps as the server takes. */
const maxSteps = 50;

/** One step on the way up. It gives the plan's reward where it has none of its own. */
export interface Step {
  reward?: Reward;
}

interface Props<T extends Step> {
  steps: readonly T[];
  onSteps: (steps: T[]) => void;
  /** The blank in front of the reward is called by this name in the sentence. */
  line: { sentence: string; blank: string };
  blankOf: (step: T, index: number, set: (step: T) => void) => ReactNode;
  fresh: T;
  params: Params;
  onParams: (params: Params) => void;
  def: PlanDef;
  onReward: (reward: Reward) => void;
}

/** Steps, each with what it gives. Of a condition only the first one matters, so none can be added to it. */
export function Steps<T extends Step>({
  steps,
  onSteps,
  line,
  blankOf,
  fresh,
  params,
  onParams,
  def,
  onReward,
}: Props<T>) {
  const t = useWords(words);
  const condition = useContext(ConditionContext);
  const set = (index: number, step: T) => onSteps(replaced(steps, index, step));
  return (
    <>
      <ol className="sentence-steps">
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have an order and no other name
          <li key={index}>
            <Fill
              sentence={line.sentence}
              blanks={{
                [line.blank]: blankOf(step, index, (next) => set(index, next)),
                reward: (
                  <RewardBlank
                    value={step.reward ?? def.reward}
                    // The first step gives the plan's reward; those that were added name their own.
                    onChange={(reward) => (step.reward ? set(index, { ...step, reward }) : onReward(reward))}
                    field={step.reward ? `steps[${index}].reward` : 'reward'}
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
                title={t('step_remove')}
                onClick={() => {
                  const rest = without(steps, index);
                  const heir = index === 0 && !step.reward ? rest[0] : undefined;
                  if (!heir?.reward) return onSteps(rest);
                  // Whoever comes first now gives what the plan gives: its own reward becomes the plan's.
                  onReward(heir.reward);
                  const { reward: _reward, ...bare } = heir;
                  onSteps([bare as T, ...rest.slice(1)]);
                }}
              />
            )}
          </li>
        ))}
      </ol>
      {!(condition && steps.length === 1) && (
        <div className="sentence-more">
          {!condition && (
            <Button
              size="small"
              icon={<PlusOutlined />}
              disabled={steps.length >= maxSteps}
              onClick={() => onSteps([...steps, { ...fresh, reward: { ...def.reward } }])}
            >
              {t('step_add')}
            </Button>
          )}{' '}
          {steps.length > 1 && (
            <Fill
              sentence={t('reach_more')}
              blanks={{
                pay: (
                  <ChoiceBlank
                    label={t('pay_highest')}
                    field="pay"
                    value={textOf(params, 'pay') || 'highest'}
                    onChange={(pay) => onParams(withParam(params, 'pay', pay))}
                    options={choices(['highest', 'all'] as const, (key) => t(`pay_${key}`))}
                  />
                ),
              }}
            />
          )}
        </div>
      )}
    </>
  );
}

/** The rewards that must still be filled: of the steps that have their own, and the plan's where one of them gives it. */
export const missingOfSteps = (steps: readonly Step[], reward: Reward): string[] => [
  ...steps.flatMap((step, index) => (step.reward ? missingOfReward(step.reward, `steps[${index}].reward`) : [])),
  ...(steps.every((step) => step.reward) ? [] : missingOfReward(reward, 'reward')),
];
