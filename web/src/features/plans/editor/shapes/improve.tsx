import { Button } from 'antd';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { DirectionBlank, MetricBlank, marginBlanks, marginTyped, useMetric } from '../compare';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { prefixOf, suffixOf } from '../unit';
import { words } from '../words';
import { compareWords } from '../words_compare';
import { type BlanksProps, missingOfReward, type Params, type ShapeEditor, textOf, withParam } from './shape';

const minimumOf = (params: Params): Params =>
  typeof params.minimum === 'object' && params.minimum !== null ? (params.minimum as Params) : {};

const stepsOf = (params: Params): unknown[] => (Array.isArray(params.steps) ? params.steps : []);

/** Another baseline; what belongs to the one before goes with it. */
export function withAgainst(params: Params, against: string): Params {
  const { periods, baseline, ...rest } = params;
  if (against === 'mean') return { ...rest, against, periods: periods ?? '' };
  if (against === 'fixed') return { ...rest, against, baseline: baseline ?? '' };
  return { ...rest, against };
}

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(compareWords);
  const common = useWords(words);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const against = textOf(params, 'against') || 'previous';
  const minimum = minimumOf(params);
  const least = useMetric(textOf(minimum, 'metric'));
  const steps = stepsOf(params);
  const setMinimum = (next: Params) => set('minimum', textOf(next, 'metric') ? next : undefined);
  return (
    <>
      <Fill
        sentence={steps.length > 0 ? t('improve_steps', { count: steps.length }) : t('improve')}
        blanks={{
          metric: metricBlank,
          against: (
            <ChoiceBlank
              label={t('against_previous')}
              field="against"
              value={against}
              onChange={(next) => onParams(withAgainst(params, next))}
              options={choices(['previous', 'last_year', 'mean', 'fixed'] as const, (key) => t(`against_${key}`))}
            />
          ),
          direction: (
            <DirectionBlank params={params} onChange={(direction) => set('direction', direction)} word="better" />
          ),
          ...marginBlanks({ params, onParams, metric, required: true }, common('blank_number'), t),
          reward: <RewardBlank value={def.reward} onChange={onReward} field="reward" />,
        }}
      />
      {steps.length > 0 && (
        <Button
          size="small"
          onClick={() => {
            const { steps: _steps, pay: _pay, ...rest } = params;
            onParams({ ...rest, by: '' });
          }}
        >
          {t('one_step')}
        </Button>
      )}
      <div className="sentence-more">
        {against === 'mean' && (
          <Fill
            sentence={t('mean_of')}
            blanks={{
              periods: (
                <NumberBlank
                  label={common('blank_number')}
                  field="periods"
                  required
                  placeholder="3"
                  value={textOf(params, 'periods')}
                  onChange={(periods) => onParams({ ...params, periods })}
                />
              ),
            }}
          />
        )}
        {against === 'fixed' && (
          <Fill
            sentence={t('fixed_at')}
            blanks={{
              baseline: (
                <NumberBlank
                  label={common('blank_number')}
                  field="baseline"
                  required
                  prefix={prefixOf(metric)}
                  suffix={suffixOf(metric)}
                  placeholder="100"
                  value={textOf(params, 'baseline')}
                  onChange={(baseline) => onParams({ ...params, baseline })}
                />
              ),
            }}
          />
        )}{' '}
        <Fill
          sentence={t('minimum')}
          blanks={{
            min_metric: (
              <MetricBlank
                value={textOf(minimum, 'metric')}
                field="minimum.metric"
                none={t('no_minimum')}
                onChange={(key) => setMinimum({ ...minimum, metric: key })}
              />
            ),
            least: (
              <NumberBlank
                label={common('blank_number')}
                field="minimum.at_least"
                prefix={prefixOf(least)}
                suffix={suffixOf(least)}
                placeholder="1"
                value={textOf(minimum, 'at_least')}
                onChange={(at_least) => set('minimum', withParam(minimum, 'at_least', at_least))}
              />
            ),
          }}
        />
      </div>
    </>
  );
}

/** 提升: better than a baseline by so much. Several steps are kept as the definition has them. */
export const improve: ShapeEditor = {
  key: 'improve',
  start: () => ({ by: '', against: 'previous' }),
  computesAmount: false,
  missing: (params, reward) => [
    ...(stepsOf(params).length > 0 || marginTyped(params) ? [] : ['by']),
    ...(params.against === 'mean' && !textOf(params, 'periods') ? ['periods'] : []),
    ...(params.against === 'fixed' && !textOf(params, 'baseline') ? ['baseline'] : []),
    ...(stepsOf(params).length > 0 ? [] : missingOfReward(reward, 'reward')),
  ],
  Blanks,
};
