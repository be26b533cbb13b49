import { Button } from 'antd';
import { useContext } from 'react';
import type { Metric } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Rows, replaced, without } from '../around/List';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { MetricBlank, useMetric } from '../compare';
import { ConditionContext, Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { figureOf } from '../unit';
import { words } from '../words';
import { periodWords } from '../words_period';
import { type BlanksProps, missingOfReward, type Params, type ShapeEditor, textOf, withParam } from './shape';

const maxParts = 20;
const maxPoints = 50;

const listOf = (params: Params, key: string): Params[] => (Array.isArray(params[key]) ? (params[key] as Params[]) : []);

type Aim = 'plan' | 'fixed' | 'none';

/** What a part's value is held against. An empty number is one that is still to be typed. */
export function aimOf(part: Params): Aim {
  if (!('target' in part) || part.target === null) return 'none';
  return String(part.target).toLowerCase() === 'plan' ? 'plan' : 'fixed';
}

export function withAim(part: Params, aim: Aim): Params {
  const { target: _target, ...rest } = part;
  if (aim === 'none') return rest;
  return { ...rest, target: aim === 'plan' ? 'plan' : '' };
}

/** The points of the curve; without any, what belongs to a curve goes too. */
export function withCurve(params: Params, curve: Params[]): Params {
  if (curve.length > 0) return { ...params, curve };
  const { curve: _curve, curve_mode: _mode, below: _below, ...rest } = params;
  return rest;
}

/** A curve that pays amounts, and not shares of the reward's own amount. */
const paysAmounts = (params: Params) =>
  listOf(params, 'curve').some((point) => textOf(point, 'pays') !== '' && !textOf(point, 'pays').endsWith('%'));

/** The weights in hundredths of a percent, exactly; undefined while one of them is not written as a percentage. */
export function weightsOf(parts: readonly Params[]): bigint | undefined {
  let sum = 0n;
  for (const part of parts) {
    const match = /^(\d+)(?:\.(\d{1,2}))?%$/.exec(textOf(part, 'weight'));
    if (!match) return undefined;
    sum += BigInt(match[1] ?? '0') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
  }
  return sum;
}

function percentText(hundredths: bigint): string {
  const rest = hundredths % 100n;
  return `${hundredths / 100n}${rest === 0n ? '' : `.${String(rest).padStart(2, '0')}`}%`;
}

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(periodWords);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const parts = listOf(params, 'parts');
  const usesMain = parts.some((part) => !('metric' in part));
  const sum = weightsOf(parts);
  return (
    <>
      <Fill
        sentence={t('score')}
        blanks={{
          reward: <RewardBlank value={def.reward} onChange={onReward} field="reward" computed={paysAmounts(params)} />,
        }}
      />
      <Rows
        rows={parts.map((part, index) => (
          <Part
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have an order and no other name
            key={index}
            part={part}
            metric={metric}
            at={`parts[${index}]`}
            metricBlank={metricBlank}
            onPart={(next) => set('parts', replaced(parts, index, next))}
          />
        ))}
        removeLabel={() => t('part_remove')}
        onRemove={parts.length > 1 ? (index) => set('parts', without(parts, index)) : undefined}
        addLabel={t('part_add')}
        onAdd={
          parts.length < maxParts
            ? () => set('parts', [...parts, { metric: '', weight: '', target: 'plan' }])
            : undefined
        }
      >
        {sum !== undefined && sum !== 10000n && (
          <span className="quiet">{t('weights_left', { sum: percentText(sum) })}</span>
        )}
      </Rows>
      <div className="sentence-more">
        {!usesMain && <Fill sentence={t('score_main')} blanks={{ metric: metricBlank }} />}
        <Fill
          sentence={t('score_missing')}
          blanks={{
            missing: (
              <ChoiceBlank
                label={t('missing_zero')}
                field="missing"
                value={textOf(params, 'missing') || 'zero'}
                onChange={(missing) => set('missing', missing === 'zero' ? undefined : missing)}
                options={choices(['zero', 'spread'] as const, (key) => t(`missing_${key}`))}
              />
            ),
          }}
        />
      </div>
      <Curve params={params} onParams={onParams} />
    </>
  );
}

interface PartProps {
  part: Params;
  /** The plan's own. */
  metric: Metric | undefined;
  at: string;
  metricBlank: BlanksProps['metricBlank'];
  onPart: (part: Params) => void;
}

function Part({ part, metric, at, metricBlank, onPart }: PartProps) {
  const t = useWords(periodWords);
  const common = useWords(words);
  const percent = (key: 'weight' | 'floor' | 'ceiling', placeholder: string, required = false) => (
    <NumberBlank
      label={t(key)}
      field={`${at}.${key}`}
      percent
      required={required}
      placeholder={placeholder}
      value={textOf(part, key)}
      onChange={(typed) => onPart(required ? { ...part, [key]: typed } : withParam(part, key, typed))}
    />
  );
  const aim = aimOf(part);
  const other = useMetric(textOf(part, 'metric'));
  const aimed = 'metric' in part ? other : metric;
  return (
    <Fill
      sentence={t('score_part')}
      blanks={{
        metric:
          'metric' in part ? (
            <MetricBlank
              value={textOf(part, 'metric')}
              field={`${at}.metric`}
              onChange={(metric) => onPart({ ...part, metric })}
            />
          ) : (
            metricBlank
          ),
        weight: percent('weight', '40', true),
        aim: (
          <>
            <ChoiceBlank
              label={t('aim')}
              value={aim}
              onChange={(next) => onPart(withAim(part, next))}
              options={choices(['plan', 'fixed', 'none'] as const, (key) => t(`aim_${key}`))}
            />
            {aim === 'fixed' && (
              <NumberBlank
                label={common('blank_number')}
                field={`${at}.target`}
                required
                {...figureOf(aimed)}
                placeholder="100"
                value={textOf(part, 'target')}
                onChange={(target) => onPart({ ...part, target })}
              />
            )}
          </>
        ),
        direction: (
          <ChoiceBlank
            label={t('direction_up')}
            field={`${at}.direction`}
            value={textOf(part, 'direction') || 'up'}
            onChange={(next) => onPart(withParam(part, 'direction', next === 'up' ? '' : next))}
            options={choices(['up', 'down', 'down_linear'] as const, (key) => t(`direction_${key}`))}
          />
        ),
        floor: percent('floor', '0'),
        ceiling: percent('ceiling', t('ceiling_none')),
      }}
    />
  );
}

function Curve({ params, onParams }: Pick<BlanksProps, 'params' | 'onParams'>) {
  const t = useWords(periodWords);
  const points = listOf(params, 'curve');
  const condition = useContext(ConditionContext);
  const set = (next: Params[]) => onParams(withCurve(params, next));
  if (points.length === 0) {
    return (
      <div className="sentence-more">
        {t(condition ? 'curve_any' : 'curve_none')}{' '}
        <Button
          size="small"
          onClick={() =>
            set([
              { at: '80%', pays: '50%' },
              { at: '100%', pays: '100%' },
            ])
          }
        >
          {t('curve_add')}
        </Button>
      </div>
    );
  }
  return (
    <>
      <Rows
        rows={points.map((point, index) => (
          <Fill
            // biome-ignore lint/suspicious/noArrayIndexKey: points have an order and no other name
            key={index}
            sentence={t('curve_point')}
            blanks={{
              at: (
                <NumberBlank
                  label={t('curve_at')}
                  field={`curve[${index}].at`}
                  percent
                  required
                  placeholder="100"
                  value={textOf(point, 'at')}
                  onChange={(at) => set(replaced(points, index, { ...point, at }))}
                />
              ),
              pays: (
                <NumberBlank
                  label={t('curve_pays')}
                  field={`curve[${index}].pays`}
                  required
                  placeholder="100%"
                  value={textOf(point, 'pays')}
                  onChange={(pays) => set(replaced(points, index, { ...point, pays }))}
                />
              ),
            }}
          />
        ))}
        removeLabel={() => t('curve_remove')}
        onRemove={(index) => set(without(points, index))}
        addLabel={t('curve_more')}
        onAdd={points.length < maxPoints ? () => set([...points, { at: '', pays: '' }]) : undefined}
      />
      <div className="sentence-more">
        <Fill
          sentence={t('curve_mode')}
          blanks={{
            curve_mode: (
              <ChoiceBlank
                label={t('curve_steps')}
                field="curve_mode"
                value={textOf(params, 'curve_mode') || 'steps'}
                onChange={(mode) => onParams(withParam(params, 'curve_mode', mode === 'steps' ? '' : mode))}
                options={choices(['steps', 'lines'] as const, (key) => t(`curve_${key}`))}
              />
            ),
            below: (
              <ChoiceBlank
                label={t('below_first')}
                field="below"
                value={textOf(params, 'below') || 'first'}
                onChange={(below) => onParams(withParam(params, 'below', below === 'first' ? '' : below))}
                options={choices(['first', 'nothing'] as const, (key) => t(`below_${key}`))}
              />
            ),
          }}
        />
      </div>
    </>
  );
}

/** 综合评分: a weighted scorecard and what its score pays. The first part of a fresh one is the plan's own metric. */
export const score: ShapeEditor = {
  key: 'score',
  start: () => ({
    parts: [
      { weight: '60%', target: 'plan' },
      { metric: '', weight: '40%', target: 'plan' },
    ],
  }),
  computesAmount: false,
  missing: (params, reward) => [
    ...listOf(params, 'parts').flatMap((part, index) => [
      ...('metric' in part && !textOf(part, 'metric') ? [`parts[${index}].metric`] : []),
      ...(textOf(part, 'weight') ? [] : [`parts[${index}].weight`]),
      ...(aimOf(part) === 'fixed' && !textOf(part, 'target') ? [`parts[${index}].target`] : []),
    ]),
    ...listOf(params, 'curve').flatMap((point, index) =>
      (['at', 'pays'] as const).filter((key) => !textOf(point, key)).map((key) => `curve[${index}].${key}`),
    ),
    ...(paysAmounts(params) ? [] : missingOfReward(reward, 'reward')),
  ],
  Blanks,
};
