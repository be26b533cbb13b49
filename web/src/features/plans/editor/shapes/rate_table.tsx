import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Metric } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { replaced } from '../around/List';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { figureOf } from '../unit';
import { words } from '../words';
import { rateWords } from '../words_rate';
import { Package } from './rate_package';
import { type Params, textOf } from './shape';

/** As many tiers as the server takes. */
const maxTiers = 50;

/** One tier: a share of an amount ("5%"), an amount for each one, one for each package, or a multiplier of another plan's result, and a sum on entering it. The last has no end. */
export interface Tier {
  up_to: string | null;
  rate?: string;
  per_unit?: string;
  times?: string;
  per_package?: Params;
  fixed?: string;
}

/** The last tier is open, whether the definition says so or leaves it out. */
export const tiersOf = (params: Params): Tier[] => {
  const tiers = Array.isArray(params.tiers) ? (params.tiers as Tier[]) : [{ up_to: null }];
  return tiers.map((tier, index) => (index === tiers.length - 1 ? { ...tier, up_to: tier.up_to ?? null } : tier));
};

/** Whether a tier's blank holds a percentage: of money always, unless the file says an amount each. */
export const tierPercent = (tier: Tier, money: boolean): boolean =>
  tier.per_unit === undefined && (money || tier.rate !== undefined);

/** What is typed in one blank: a percentage is a rate, anything else an amount each. */
export function tierWith(tier: Tier, typed: string): Tier {
  const { rate: _rate, per_unit: _perUnit, ...rest } = tier;
  if (typed === '') return rest;
  return typed.endsWith('%') ? { ...rest, rate: typed } : { ...rest, per_unit: typed };
}

/** A new tier takes over below the last one. */
export function addTier(tiers: readonly Tier[]): Tier[] {
  const last = tiers[tiers.length - 1] ?? { up_to: null };
  return [
    ...tiers.slice(0, -1),
    { ...last, up_to: '' },
    last.times === undefined ? { up_to: null } : { up_to: null, times: '' },
  ];
}

/** Without a tier, the last one still has no end. */
export function removeTier(tiers: readonly Tier[], index: number): Tier[] {
  const rest = tiers.filter((_, at) => at !== index);
  return rest.map((tier, at) => (at === rest.length - 1 ? { ...tier, up_to: null } : tier));
}

/** Paid by the package, or no longer. */
export function tierPacked(tier: Tier, packed: boolean): Tier {
  const { per_package: _package, rate: _rate, per_unit: _perUnit, ...rest } = tier;
  return packed ? { ...rest, per_package: {} } : rest;
}

/** Whether the tiers say by what another plan's result is multiplied. */
export const multiplies = (params: Params): boolean => tiersOf(params).some((tier) => tier.times !== undefined);

const isPacked = (params: Params): boolean => typeof params.package === 'object' && params.package !== null;

/** How a table is priced: rates and amounts, packages, or multipliers of another plan's result. */
export type TableKind = 'tiers' | 'package' | 'times';

const kindOf = (params: Params): TableKind => (isPacked(params) ? 'package' : multiplies(params) ? 'times' : 'tiers');

/** A table of tiers, or one price for packages or multipliers in its place. Multipliers have no floor. */
export function withKind(params: Params, kind: TableKind): Params {
  const { tiers: _tiers, package: _package, ...rest } = params;
  if (kind === 'times') {
    const {
      floor: _floor,
      below_zero: _below,
      draw: _draw,
      recoverable: _recoverable,
      recover_share: _share,
      ...kept
    } = rest;
    return { ...kept, tiers: [{ up_to: null, times: '' }] };
  }
  return kind === 'package' ? { ...rest, package: {} } : { ...rest, tiers: [{ up_to: null }] };
}

const missingOfPackage = (pack: Params, at: string): string[] =>
  ['size', 'amount'].filter((key) => !textOf(pack, key)).map((key) => `${at}.${key}`);

/** What must still be typed of a table that stands at a path: "" or "rows[1].". */
export function missingOfTable(params: Params, at = ''): string[] {
  if (isPacked(params)) return missingOfPackage(params.package as Params, `${at}package`);
  return tiersOf(params).flatMap((tier, index) => [
    ...(tier.up_to === '' ? [`${at}tiers[${index}].up_to`] : []),
    ...(tier.per_package ? missingOfPackage(tier.per_package, `${at}tiers[${index}].per_package`) : []),
    ...(tier.times !== undefined
      ? tier.times
        ? []
        : [`${at}tiers[${index}].times`]
      : tier.rate || tier.per_unit || tier.fixed || tier.per_package
        ? []
        : [`${at}tiers[${index}].rate`]),
  ]);
}

interface Props {
  /** The rule's parameters, or those of one of its rows. */
  table: Params;
  onTable: (table: Params) => void;
  metric: Metric | undefined;
  /** Bounds are parts of the target. */
  attains: boolean;
  /** "¥" before amounts that are paid. */
  pays: string | undefined;
  /** Path of the table: "" or "rows[1]." */
  at: string;
  /** Another plan's result is judged, so that a multiplier of it may be given. */
  canMultiply?: boolean;
}

/** What is paid for how much: tiers, or so much a package. */
export function RateTable({ table, onTable, metric, attains, pays, at, canMultiply = false }: Props) {
  const t = useWords(words);
  const more = useWords(rateWords);
  const kind = kindOf(table);
  const packed = kind === 'package';
  const kinds: TableKind[] = canMultiply || kind === 'times' ? ['tiers', 'package', 'times'] : ['tiers', 'package'];
  const tiers = tiersOf(table);
  const money = Boolean(metric?.currency);
  const setTiers = (next: Tier[]) => onTable({ ...table, tiers: next });
  const setTier = (index: number, tier: Tier) => setTiers(replaced(tiers, index, tier));
  const rateBlank = (tier: Tier, index: number, required: boolean) => (
    <NumberBlank
      label={t(tierPercent(tier, money) ? 'tier_share' : 'tier_each')}
      field={`${at}tiers[${index}].${tier.per_unit ? 'per_unit' : 'rate'}`}
      required={required}
      {...(tierPercent(tier, money) ? { percent: true } : { prefix: pays })}
      placeholder={required ? (tierPercent(tier, money) ? '5' : '10') : more('nothing')}
      value={tier.rate ?? tier.per_unit ?? ''}
      onChange={(typed) => setTier(index, tierWith(tier, typed))}
    />
  );
  const timesBlank = (tier: Tier, index: number) => (
    <Fill
      sentence={more('times')}
      blanks={{
        times: (
          <NumberBlank
            label={more('times_label')}
            field={`${at}tiers[${index}].times`}
            required
            percent
            placeholder="120"
            value={tier.times ?? ''}
            onChange={(times) => setTier(index, { ...tier, times })}
          />
        ),
      }}
    />
  );
  return (
    <>
      {packed ? (
        <div className="sentence-steps">
          <Package
            pack={table.package as Params}
            onPack={(pack) => onTable({ ...table, package: pack })}
            at={`${at}package`}
            {...{ metric, pays }}
          />
        </div>
      ) : (
        <ol className="sentence-steps">
          {tiers.map((tier, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: tiers have an order and no other name
            <li key={index}>
              <Fill
                sentence={t(tiers.length === 1 ? 'tier_only' : tier.up_to === null ? 'tier_last' : 'tier_upto')}
                blanks={{
                  up_to: (
                    <NumberBlank
                      label={t('blank_number')}
                      field={`${at}tiers[${index}].up_to`}
                      required
                      {...(attains ? { percent: true } : figureOf(metric))}
                      placeholder={attains ? '100' : String((money ? 50000 : 10) * (index + 1))}
                      value={tier.up_to ?? ''}
                      onChange={(up_to) => setTier(index, { ...tier, up_to })}
                    />
                  ),
                  rate:
                    tier.times !== undefined ? (
                      timesBlank(tier, index)
                    ) : tier.per_package ? (
                      <>
                        <Package
                          pack={tier.per_package}
                          onPack={(per_package) => setTier(index, { ...tier, per_package })}
                          at={`${at}tiers[${index}].per_package`}
                          {...{ metric, pays }}
                        />
                        <Fill sentence={more('package_and')} blanks={{ rate: rateBlank(tier, index, false) }} />
                      </>
                    ) : (
                      rateBlank(tier, index, !tier.fixed)
                    ),
                  fixed: (
                    <NumberBlank
                      label={t('blank_amount')}
                      field={`${at}tiers[${index}].fixed`}
                      prefix={pays}
                      placeholder="0"
                      value={tier.fixed ?? ''}
                      onChange={(fixed) => setTier(index, { ...tier, fixed: fixed || undefined })}
                    />
                  ),
                }}
              />
              {kind !== 'times' && (
                <Button
                  className="tier-kind"
                  type="text"
                  size="small"
                  onClick={() => setTier(index, tierPacked(tier, !tier.per_package))}
                >
                  {more(tier.per_package ? 'tier_rate' : 'tier_package')}
                </Button>
              )}
              {tiers.length > 1 && (
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={t('step_remove')}
                  title={t('step_remove')}
                  onClick={() => setTiers(removeTier(tiers, index))}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      <div className="sentence-more">
        {!packed && (
          <>
            <Button
              size="small"
              icon={<PlusOutlined />}
              disabled={tiers.length >= maxTiers}
              onClick={() => setTiers(addTier(tiers))}
            >
              {t('step_add')}
            </Button>{' '}
          </>
        )}
        <Fill
          sentence={more('table_kind')}
          blanks={{
            kind: (
              <ChoiceBlank
                label={more('kind')}
                value={kind}
                onChange={(next) => onTable(withKind(table, next))}
                options={choices(kinds, (key) => more(`kind_${key}`))}
              />
            ),
          }}
        />
      </div>
    </>
  );
}
