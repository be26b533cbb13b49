import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Metric } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { mayTellApart } from '../apart';
import { RemoveButton } from '../around/List';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { figureOf } from '../unit';
import { words } from '../words';
import { rateWords } from '../words_rate';
import { withRows } from './rate_rows';
import { type Params, textOf, withParam } from './shape';

interface Props {
  params: Params;
  onParams: (params: Params) => void;
  metric: Metric | undefined;
  /** "¥" before amounts that are paid. */
  pays: string | undefined;
  /** What another plan gives is judged: there are no records to tell apart. */
  earned: boolean;
  /** Multipliers carry nothing and have no draw. */
  times: boolean;
}

/** What a commission may have beside its tiers. Each is added when wanted and goes with all its parameters. */
export const extras = ['rows', 'attainment', 'accumulate', 'fixed_sums', 'below_zero', 'draw'] as const;
export type Extra = (typeof extras)[number];

const fieldsOf: Record<Extra, readonly string[]> = {
  rows: ['rows', 'tiers_read'],
  attainment: ['on', 'target'],
  accumulate: ['accumulate'],
  fixed_sums: ['fixed_sums'],
  below_zero: ['below_zero'],
  draw: ['draw', 'recoverable', 'recover_share'],
};

const firstOf: Record<Exclude<Extra, 'rows'>, Params> = {
  attainment: { on: 'attainment' },
  accumulate: { accumulate: 'year' },
  fixed_sums: { fixed_sums: 'reached' },
  below_zero: { below_zero: 'carry' },
  draw: { draw: '' },
};

export function hasExtra(params: Params, extra: Extra): boolean {
  if (extra === 'attainment') return params.on === 'attainment';
  if (extra === 'below_zero') return params.below_zero === 'carry';
  if (extra === 'fixed_sums') return params.fixed_sums === 'reached';
  return extra in params;
}

/** Whether any tier has a fixed sum, so that one can ask which of them are due. */
export function hasSums(params: Params): boolean {
  const tables = Array.isArray(params.rows) ? (params.rows as Params[]) : [params];
  const tiers = tables.flatMap((table) => (Array.isArray(table.tiers) ? (table.tiers as { fixed?: string }[]) : []));
  return tiers.some((tier) => Number(tier.fixed ?? 0) !== 0);
}

export const withExtra = (params: Params, extra: Extra): Params =>
  extra === 'rows' ? withRows(params) : { ...params, ...firstOf[extra] };

export function withoutExtra(params: Params, extra: Extra): Params {
  return Object.fromEntries(Object.entries(params).filter(([key]) => !fieldsOf[extra].includes(key)));
}

/** What must still be typed. */
export const missingOfExtras = (params: Params): string[] =>
  'draw' in params && !textOf(params, 'draw') ? ['draw'] : [];

/** The sentences of what was added, and buttons for what may be. */
export function RateExtras({ params, onParams, metric, pays, earned, times }: Props) {
  const t = useWords(rateWords);
  // Rows are the table itself: they stand where it stands, and not below it.
  const there = extras.filter((each) => each !== 'rows' && hasExtra(params, each));
  const offered = extras.filter(
    (each) =>
      !hasExtra(params, each) &&
      (each !== 'rows' || (!earned && mayTellApart(metric))) &&
      (each !== 'fixed_sums' || hasSums(params)) &&
      (!times || (each !== 'below_zero' && each !== 'draw')),
  );
  return (
    <>
      {there.map((each) => (
        <div key={each} className="sentence-more">
          <ExtraBlanks extra={each} {...{ params, onParams, metric, pays, earned, times }} />
          <RemoveButton
            label={t('remove', { what: t(`add_${each}`) })}
            onClick={() => onParams(withoutExtra(params, each))}
          />
        </div>
      ))}
      <div className="sentence-more rate-extras">
        {offered.map((each) => (
          <Button
            key={each}
            size="small"
            type="dashed"
            icon={<PlusOutlined />}
            onClick={() => onParams(withExtra(params, each))}
          >
            {t(`add_${each}`)}
          </Button>
        ))}
      </div>
    </>
  );
}

function ExtraBlanks({ extra, params, onParams, metric, pays }: Props & { extra: Extra }) {
  const t = useWords(rateWords);
  const common = useWords(words);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const number = (key: string, placeholder: string, more: object = {}) => (
    <NumberBlank
      label={common('blank_number')}
      field={key}
      placeholder={placeholder}
      value={textOf(params, key)}
      onChange={(typed) => set(key, typed)}
      {...more}
    />
  );
  switch (extra) {
    case 'attainment':
      return (
        <Fill sentence={t('attainment')} blanks={{ target: number('target', t('own_target'), figureOf(metric)) }} />
      );
    case 'accumulate':
      return (
        <Fill
          sentence={t('accumulate')}
          blanks={{
            over: (
              <ChoiceBlank
                label={t('add_accumulate')}
                field="accumulate"
                value={textOf(params, 'accumulate')}
                onChange={(over) => set('accumulate', over)}
                options={choices(['quarter', 'half', 'year'] as const, (key) => t(`over_${key}`))}
              />
            ),
          }}
        />
      );
    case 'below_zero':
      return <>{t('below_zero')}</>;
    case 'fixed_sums':
      return <>{t('fixed_sums')}</>;
  }
  const recoverable = params.recoverable === true;
  return (
    <>
      <Fill
        sentence={t('draw')}
        blanks={{
          draw: number('draw', '3000', {
            prefix: pays,
            required: true,
            onChange: (typed: string) => onParams({ ...params, draw: typed }),
          }),
          recoverable: (
            <ChoiceBlank
              label={t('recover_no')}
              field="recoverable"
              value={recoverable ? 'yes' : 'no'}
              onChange={(next) => {
                const { recoverable: _recoverable, recover_share: _share, ...rest } = params;
                onParams(next === 'yes' ? { ...rest, recoverable: true } : rest);
              }}
              options={choices(['no', 'yes'] as const, (key) => t(`recover_${key}`))}
            />
          ),
        }}
      />
      {recoverable && (
        <Fill sentence={t('recover_share')} blanks={{ share: number('recover_share', '100%', { percent: true }) }} />
      )}
    </>
  );
}
