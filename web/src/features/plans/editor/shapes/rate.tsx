import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { prefixOf, suffixOf } from '../unit';
import { words } from '../words';
import { rateWords } from '../words_rate';
import { missingOfExtras, RateExtras } from './rate_more';
import { type BlanksProps, type Params, type ShapeEditor, textOf, withParam } from './shape';

const maxTiers = 20;

/** One tier: a share of an amount ("5%") or an amount for each one, and a sum on entering it. The last has no end. */
export interface Tier {
  up_to: string | null;
  rate?: string;
  per_unit?: string;
  fixed?: string;
}

/** The last tier is open, whether the definition says so or leaves it out. */
const tiersOf = (params: Params): Tier[] => {
  const tiers = Array.isArray(params.tiers) ? (params.tiers as Tier[]) : [{ up_to: null }];
  return tiers.map((tier, index) => (index === tiers.length - 1 ? { ...tier, up_to: tier.up_to ?? null } : tier));
};

/** What is typed in one blank: "5%" and "0.05" are rates, an amount each where the metric counts things. */
export function tierWith(tier: Tier, typed: string, money: boolean): Tier {
  const { rate: _rate, per_unit: _perUnit, ...rest } = tier;
  if (typed === '') return rest;
  return money || typed.endsWith('%') ? { ...rest, rate: typed } : { ...rest, per_unit: typed };
}

/** A new tier takes over below the last one. */
export function addTier(tiers: readonly Tier[]): Tier[] {
  const last = tiers[tiers.length - 1] ?? { up_to: null };
  return [...tiers.slice(0, -1), { ...last, up_to: '' }, { up_to: null }];
}

/** Without a tier, the last one still has no end. */
export function removeTier(tiers: readonly Tier[], index: number): Tier[] {
  const rest = tiers.filter((_, at) => at !== index);
  return rest.map((tier, at) => (at === rest.length - 1 ? { ...tier, up_to: null } : tier));
}

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(words);
  const more = useWords(rateWords);
  const tiers = tiersOf(params);
  const attains = params.on === 'attainment';
  const money = Boolean(metric?.currency);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const setTier = (index: number, tier: Tier) =>
    set(
      'tiers',
      tiers.map((each, at) => (at === index ? tier : each)),
    );
  const template = (tier: Tier) =>
    t(tiers.length === 1 ? 'tier_only' : tier.up_to === null ? 'tier_last' : 'tier_upto');
  return (
    <>
      <Fill
        sentence={t('rate')}
        blanks={{
          metric: metricBlank,
          mode: (
            <ChoiceBlank
              label={t('mode_marginal')}
              field="mode"
              value={textOf(params, 'mode') || 'marginal'}
              onChange={(mode) => set('mode', mode)}
              options={choices(['marginal', 'whole'] as const, (key) => t(`mode_${key}`))}
            />
          ),
        }}
      />
      {keptAsTheyAre(params) && <p className="quiet">{more(keptAsTheyAre(params) ?? 'kept_rows')}</p>}
      <ol className="sentence-steps" hidden={keptAsTheyAre(params) !== undefined}>
        {tiers.map((tier, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tiers have an order and no other name
          <li key={index}>
            <Fill
              sentence={template(tier)}
              blanks={{
                up_to: (
                  <NumberBlank
                    label={t('blank_number')}
                    field={`tiers[${index}].up_to`}
                    required
                    percent={attains}
                    prefix={attains ? undefined : prefixOf(metric)}
                    suffix={attains ? undefined : suffixOf(metric)}
                    placeholder={attains ? '100' : String(50000 * (index + 1))}
                    value={tier.up_to ?? ''}
                    onChange={(up_to) => setTier(index, { ...tier, up_to })}
                  />
                ),
                rate: (
                  <NumberBlank
                    label={t('tier_hint')}
                    field={`tiers[${index}].${tier.per_unit ? 'per_unit' : 'rate'}`}
                    required
                    placeholder={money ? '5%' : '10'}
                    value={tier.rate ?? tier.per_unit ?? ''}
                    onChange={(typed) => setTier(index, tierWith(tier, typed, money))}
                  />
                ),
                fixed: (
                  <NumberBlank
                    label={t('blank_amount')}
                    field={`tiers[${index}].fixed`}
                    placeholder="0"
                    value={tier.fixed ?? ''}
                    onChange={(fixed) => setTier(index, { ...tier, fixed: fixed || undefined })}
                  />
                ),
              }}
            />
            {tiers.length > 1 && (
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('step_remove')}
                onClick={() => set('tiers', removeTier(tiers, index))}
              />
            )}
          </li>
        ))}
      </ol>
      <div className="sentence-more">
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={tiers.length >= maxTiers || keptAsTheyAre(params) !== undefined}
          onClick={() => set('tiers', addTier(tiers))}
        >
          {t('step_add')}
        </Button>{' '}
        <Fill
          sentence={t('rate_more')}
          blanks={{
            floor: (
              <NumberBlank
                label={t('blank_amount')}
                field="floor"
                placeholder={t('none')}
                value={textOf(params, 'floor')}
                onChange={(floor) => set('floor', floor)}
              />
            ),
            cap: (
              <NumberBlank
                label={t('none')}
                field="cap"
                placeholder={t('none')}
                value={textOf(params, 'cap')}
                onChange={(cap) => set('cap', cap)}
              />
            ),
            reward: <RewardBlank value={def.reward} onChange={onReward} field="reward" computed />,
          }}
        />
      </div>
      <RateExtras params={params} onParams={onParams} metric={metric} />
    </>
  );
}

/** Tables that the form shows as a note and does not touch. */
export function keptAsTheyAre(params: Params): 'kept_rows' | 'kept_package' | undefined {
  if ('rows' in params) return 'kept_rows';
  const packed = Array.isArray(params.tiers) && params.tiers.some((tier) => 'per_package' in (tier as object));
  return 'package' in params || packed ? 'kept_package' : undefined;
}

/** 提成: a share of the value, in tiers. */
export const rate: ShapeEditor = {
  key: 'rate',
  start: () => ({ mode: 'marginal', tiers: [{ up_to: null }] }),
  computesAmount: true,
  missing: (params) => [
    ...(keptAsTheyAre(params)
      ? []
      : tiersOf(params).flatMap((tier, index) => [
          ...(tier.up_to === '' ? [`tiers[${index}].up_to`] : []),
          ...(tier.rate || tier.per_unit || tier.fixed ? [] : [`tiers[${index}].rate`]),
        ])),
    ...missingOfExtras(params),
  ],
  Blanks,
};
