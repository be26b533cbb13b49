import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { DirectionBlank, MarginBlank, MetricBlank, marginKind, marginTyped, useMetric, withMargin } from '../compare';
import { Fill } from '../fill';
import { figureOf } from '../unit';
import { words } from '../words';
import { compareWords } from '../words_compare';
import { type BlanksProps, type Params, type ShapeEditor, textOf, withParam } from './shape';
import { missingOfSteps, type Step, Steps } from './steps';

const minimumOf = (params: Params): Params =>
  typeof params.minimum === 'object' && params.minimum !== null ? (params.minimum as Params) : {};

type Gain = Step & Params;

/** The steps, of which the first alone stands beside the other parameters. */
export function gainsOf(params: Params): Gain[] {
  if (Array.isArray(params.steps)) return params.steps as Gain[];
  return [marginKind(params) === 'points' ? { points: textOf(params, 'points') } : { by: textOf(params, 'by') }];
}

export function withGains(params: Params, gains: readonly Gain[]): Params {
  const { by: _by, points: _points, steps: _steps, pay, ...rest } = params;
  const [first, ...others] = gains;
  if (first && others.length === 0 && !first.reward) return { ...rest, ...first };
  return { ...rest, steps: gains, ...(pay === undefined ? {} : { pay }) };
}

/** Another baseline; what belongs to the one before goes with it. */
export function withAgainst(params: Params, against: string): Params {
  const { periods, baseline, ...rest } = params;
  if (against === 'mean') return { ...rest, against, periods: periods ?? '' };
  if (against === 'fixed') return { ...rest, against, baseline: baseline ?? '' };
  return { ...rest, against };
}

/** The plan's own metric in the choice of what every period needs so much of. */
const own = '=';

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(compareWords);
  const common = useWords(words);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const against = textOf(params, 'against') || 'previous';
  const minimum = minimumOf(params);
  const asked = 'minimum' in params;
  const least = useMetric(textOf(minimum, 'metric')) ?? metric;
  const gains = gainsOf(params);
  const kind = marginKind(gains[0] ?? {});
  return (
    <>
      <Fill
        sentence={t('improve')}
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
          kind: (
            <ChoiceBlank
              label={t('by_share')}
              value={kind}
              onChange={(next) =>
                onParams(
                  withGains(
                    params,
                    gains.map((gain) => withMargin(gain, next, marginTyped(gain)) as Gain),
                  ),
                )
              }
              options={[
                { value: 'by', label: t('by_share') },
                { value: 'points', label: t('by_points') },
              ]}
            />
          ),
          compare: (
            <ChoiceBlank
              label={t('compare_at_least')}
              field="compare"
              value={textOf(params, 'compare') || 'at_least'}
              onChange={(compare) => set('compare', compare === 'at_least' ? undefined : compare)}
              options={choices(['at_least', 'above'] as const, (key) => t(`compare_${key}`))}
            />
          ),
        }}
      />
      <Steps
        steps={gains}
        onSteps={(next) => onParams(withGains(params, next))}
        line={{ sentence: t('improve_step'), blank: 'margin' }}
        blankOf={(gain, index, setGain) => (
          <MarginBlank
            params={gain}
            onParams={(next) => setGain(next as Gain)}
            at={Array.isArray(params.steps) ? `steps[${index}].` : ''}
            label={common('blank_number')}
            metric={metric}
            required
          />
        )}
        fresh={kind === 'points' ? { points: '' } : { by: '' }}
        {...{ params, onParams, def, onReward }}
      />
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
                  {...figureOf(metric)}
                  placeholder="100"
                  value={textOf(params, 'baseline')}
                  onChange={(baseline) => onParams({ ...params, baseline })}
                />
              ),
            }}
          />
        )}{' '}
        <Fill
          sentence={t(asked ? 'minimum' : 'minimum_none')}
          blanks={{
            min_metric: (
              <MetricBlank
                value={asked ? textOf(minimum, 'metric') || own : ''}
                field="minimum.metric"
                none={t('no_minimum')}
                also={{ value: own, label: t('own_metric') }}
                onChange={(key) =>
                  set('minimum', key ? withParam(minimum, 'metric', key === own ? undefined : key) : undefined)
                }
              />
            ),
            least: (
              <NumberBlank
                label={common('blank_number')}
                field="minimum.at_least"
                {...figureOf(least)}
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

/** 提升: better than a baseline by so much. */
export const improve: ShapeEditor = {
  key: 'improve',
  start: () => ({ by: '', against: 'previous' }),
  computesAmount: false,
  missing: (params, reward) => [
    ...gainsOf(params).flatMap((gain, index) =>
      marginTyped(gain) ? [] : [`${Array.isArray(params.steps) ? `steps[${index}].` : ''}${marginKind(gain)}`],
    ),
    ...(params.against === 'mean' && !textOf(params, 'periods') ? ['periods'] : []),
    ...(params.against === 'fixed' && !textOf(params, 'baseline') ? ['baseline'] : []),
    ...missingOfSteps(gainsOf(params), reward),
  ],
  Blanks,
};
