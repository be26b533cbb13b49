import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { MetricBlank, useMetric } from '../compare';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { prefixOf, suffixOf } from '../unit';
import { words } from '../words';
import { periodWords } from '../words_period';
import { type BlanksProps, missingOfReward, type Params, type ShapeEditor, textOf, withParam } from './shape';

const objectOf = (params: Params, key: string): Params =>
  typeof params[key] === 'object' && params[key] !== null ? (params[key] as Params) : {};

type Condition = 'reach' | 'clean' | 'other';

/** The condition of each period: one line to reach and no errors can be clicked, any other rule is kept as it is. */
export function conditionOf(params: Params): Condition {
  const rule = objectOf(params, 'rule');
  const inner = objectOf(rule, 'params');
  if (rule.shape === 'clean' && !('handled' in inner)) return 'clean';
  const steps = inner.steps;
  const simple = Array.isArray(steps) && steps.length === 1 && !('accumulate' in inner);
  return rule.shape === 'reach' && simple ? 'reach' : 'other';
}

export function withCondition(params: Params, condition: Condition): Params {
  if (condition === 'reach') return { ...params, rule: { shape: 'reach', params: { steps: [{ at: '' }] } } };
  if (condition === 'clean') return { ...params, rule: { shape: 'clean', params: { bad: '' } } };
  return params;
}

const innerOf = (params: Params): Params => objectOf(objectOf(params, 'rule'), 'params');
const withInner = (params: Params, inner: Params): Params => ({
  ...params,
  rule: { ...objectOf(params, 'rule'), params: inner },
});
const stepOf = (inner: Params): Params => (Array.isArray(inner.steps) ? ((inner.steps[0] as Params) ?? {}) : {});

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(periodWords);
  const common = useWords(words);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const condition = conditionOf(params);
  const skip = objectOf(params, 'skip');
  const kinds = condition === 'other' ? (['reach', 'clean', 'other'] as const) : (['reach', 'clean'] as const);
  return (
    <>
      <Fill
        sentence={t('streak')}
        blanks={{
          times: (
            <NumberBlank
              label={common('blank_number')}
              field="times"
              required
              placeholder="3"
              value={textOf(params, 'times')}
              onChange={(times) => onParams({ ...params, times })}
            />
          ),
          condition: <ConditionBlanks {...{ params, onParams, metric, metricBlank }} />,
          reward: <RewardBlank value={def.reward} onChange={onReward} field="reward" />,
        }}
      />
      <div className="sentence-more">
        <Fill
          sentence={t('streak_by')}
          blanks={{
            kind: (
              <ChoiceBlank
                label={t('streak_kind')}
                field="rule.shape"
                value={condition}
                onChange={(next) => onParams(withCondition(params, next))}
                options={choices(kinds, (key) => t(`kind_${key}`))}
              />
            ),
          }}
        />{' '}
        <Fill
          sentence={t('after')}
          blanks={{
            after: (
              <ChoiceBlank
                label={t('then_again')}
                field="then"
                value={textOf(params, 'then') || 'again'}
                onChange={(then) => set('then', then === 'again' ? '' : then)}
                options={choices(['again', 'every', 'once'] as const, (key) => t(`then_${key}`))}
              />
            ),
          }}
        />
      </div>
      <div className="sentence-more">
        <Fill
          sentence={
            textOf(skip, 'metric')
              ? t('skip').replace('{skip}', t('skip_days'))
              : t('skip').replace('{skip}', '{metric}')
          }
          blanks={{
            metric: (
              <MetricBlank
                value={textOf(skip, 'metric')}
                field="skip.metric"
                none={t('skip_none')}
                onChange={(key) => set('skip', key ? { ...skip, metric: key } : undefined)}
              />
            ),
            at_least: (
              <NumberBlank
                label={common('blank_number')}
                field="skip.at_least"
                placeholder={t('whole_period')}
                value={textOf(skip, 'at_least')}
                onChange={(days) => set('skip', withParam(skip, 'at_least', days))}
              />
            ),
          }}
        />
      </div>
    </>
  );
}

function ConditionBlanks({
  params,
  onParams,
  metric,
  metricBlank,
}: Pick<BlanksProps, 'params' | 'onParams' | 'metric' | 'metricBlank'>) {
  const t = useWords(periodWords);
  const common = useWords(words);
  const inner = innerOf(params);
  const step = stepOf(inner);
  const handled = useMetric(textOf(inner, 'handled')) ?? metric;
  switch (conditionOf(params)) {
    case 'reach':
      return (
        <Fill
          sentence={t('streak_reach')}
          blanks={{
            metric: metricBlank,
            compare: (
              <ChoiceBlank
                label={t('compare_at_least')}
                field="rule.params.compare"
                value={textOf(inner, 'compare') || 'at_least'}
                onChange={(next) =>
                  onParams(withInner(params, withParam(inner, 'compare', next === 'at_least' ? '' : next)))
                }
                options={choices(['at_least', 'above'] as const, (key) => t(`compare_${key}`))}
              />
            ),
            at: (
              <NumberBlank
                label={common('blank_number')}
                field="rule.params.steps[0].at"
                required
                prefix={prefixOf(metric)}
                suffix={suffixOf(metric)}
                placeholder="10"
                value={textOf(step, 'at')}
                onChange={(at) => onParams(withInner(params, { ...inner, steps: [{ ...step, at }] }))}
              />
            ),
          }}
        />
      );
    case 'clean':
      return (
        <Fill
          sentence={t('streak_clean')}
          blanks={{
            metric: metricBlank,
            bad: (
              <MetricBlank
                value={textOf(inner, 'bad')}
                field="rule.params.bad"
                onChange={(bad) => onParams(withInner(params, { ...inner, bad }))}
              />
            ),
            at_least: (
              <NumberBlank
                label={common('blank_number')}
                field="rule.params.at_least"
                prefix={prefixOf(handled)}
                suffix={suffixOf(handled)}
                placeholder="1"
                value={textOf(inner, 'at_least')}
                onChange={(least) => onParams(withInner(params, withParam(inner, 'at_least', least)))}
              />
            ),
          }}
        />
      );
  }
  return (
    <Fill
      sentence={t('streak_other')}
      blanks={{ metric: metricBlank, shape: <strong>{textOf(objectOf(params, 'rule'), 'shape')}</strong> }}
    />
  );
}

/** 连续: a condition met in so many periods running. */
export const streak: ShapeEditor = {
  key: 'streak',
  start: () => withCondition({ times: '3' }, 'reach'),
  computesAmount: false,
  missing: (params, reward) => [
    ...(textOf(params, 'times') ? [] : ['times']),
    ...(conditionOf(params) === 'reach' && !textOf(stepOf(innerOf(params)), 'at') ? ['rule.params.steps[0].at'] : []),
    ...(conditionOf(params) === 'clean' && !textOf(innerOf(params), 'bad') ? ['rule.params.bad'] : []),
    ...missingOfReward(reward, 'reward'),
  ],
  Blanks,
};
