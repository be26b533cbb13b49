import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank, PlaceContext } from '../blanks';
import { MetricBlank } from '../compare';
import { ConditionContext, Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { words } from '../words';
import { periodWords } from '../words_period';
import { useShapeInfo } from './info';
import { type BlanksProps, missingOfReward, type Params, type ShapeEditor, textOf, withParam } from './shape';
import { single } from './single';

const objectOf = (params: Params, key: string): Params =>
  typeof params[key] === 'object' && params[key] !== null ? (params[key] as Params) : {};

/** The editor of the rule that each period has to meet; none where nobody can judge one subject by it alone. */
const conditionOf = (params: Params): ShapeEditor | undefined =>
  single.find((each) => each.key === textOf(objectOf(params, 'rule'), 'shape'));

const innerOf = (params: Params): Params => objectOf(objectOf(params, 'rule'), 'params');

/** Another condition starts with its own parameters. */
export function withCondition(params: Params, shape: string): Params {
  if (shape === textOf(objectOf(params, 'rule'), 'shape')) return params;
  const editor = single.find((each) => each.key === shape);
  return { ...params, rule: { shape, params: editor?.start() ?? {} } };
}

/** The blanks of the condition that must still be filled. Its amounts do not matter, so none is asked for. */
export const missingOfCondition = (params: Params): string[] =>
  (conditionOf(params)?.missing(innerOf(params), { kind: 'cash', amount: '1' }) ?? []).map(
    (field) => `rule.params.${field}`,
  );

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(periodWords);
  const common = useWords(words);
  const text = useText();
  const info = useShapeInfo();
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const condition = conditionOf(params);
  const inner = innerOf(params);
  const skip = objectOf(params, 'skip');
  const nameOf = (key: string) => text(info(key)?.name) || key;
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
                value={textOf(objectOf(params, 'rule'), 'shape')}
                onChange={(next) => onParams(withCondition(params, next))}
                options={choices(
                  single.map((each) => each.key),
                  nameOf,
                )}
              />
            ),
          }}
        />
      </div>
      {condition && (
        <div className="sentence-condition">
          <ConditionContext value={true}>
            <PlaceContext value="params.rule.params">
              <condition.Blanks
                key={condition.key}
                params={inner}
                onParams={(next) => onParams({ ...params, rule: { shape: condition.key, params: next } })}
                def={{ ...def, shape: condition.key, params: inner }}
                metric={metric}
                metricBlank={metricBlank}
                onReward={() => undefined}
              />
            </PlaceContext>
          </ConditionContext>
        </div>
      )}
      <div className="sentence-more">
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
        />{' '}
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

/** 连续: a condition met in so many periods running. */
export const streak: ShapeEditor = {
  key: 'streak',
  start: () => withCondition({ times: '3' }, 'reach'),
  computesAmount: false,
  missing: (params, reward) => [
    ...(textOf(params, 'times') ? [] : ['times']),
    ...missingOfCondition(params),
    ...missingOfReward(reward, 'reward'),
  ],
  Blanks,
};
