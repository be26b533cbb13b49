import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { useSymbol } from '../unit';
import { words } from '../words';
import { rateWords } from '../words_rate';
import { missingOfExtras, RateExtras } from './rate_more';
import { hasRows, missingOfRows, RateRows } from './rate_rows';
import { missingOfTable, multiplies, RateTable } from './rate_table';
import { type BlanksProps, type ShapeEditor, textOf, withParam } from './shape';

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(words);
  const more = useWords(rateWords);
  const attains = params.on === 'attainment';
  const pays = useSymbol(def.reward);
  const times = multiplies(params);
  const canMultiply = Boolean(def.earned) && (def.rollup ?? 'self') === 'self';
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const limit = (key: 'floor' | 'cap') => (
    <NumberBlank
      label={t(`limit_${key}`)}
      field={key}
      prefix={pays}
      placeholder={t('none')}
      value={textOf(params, key)}
      onChange={(typed) => set(key, typed)}
    />
  );
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
      {hasRows(params) ? (
        <RateRows {...{ params, onParams, metric, attains, pays }} />
      ) : (
        <RateTable table={params} onTable={onParams} at="" {...{ metric, attains, pays, canMultiply }} />
      )}
      {times && <div className="sentence-more">{more('times_note')}</div>}
      <div className="sentence-more">
        <Fill
          sentence={times ? more('cap_only') : t('rate_more')}
          blanks={{
            floor: limit('floor'),
            cap: limit('cap'),
            reward: <RewardBlank value={def.reward} onChange={onReward} field="reward" computed />,
          }}
        />
      </div>
      <RateExtras {...{ params, onParams, metric, pays, times }} earned={Boolean(def.earned)} />
    </>
  );
}

/** 提成: a share of the value, in tiers. */
export const rate: ShapeEditor = {
  key: 'rate',
  start: () => ({ mode: 'marginal', tiers: [{ up_to: null }] }),
  computesAmount: true,
  missing: (params) => [
    ...(hasRows(params) ? missingOfRows(params) : missingOfTable(params)),
    ...missingOfExtras(params),
  ],
  Blanks,
};
