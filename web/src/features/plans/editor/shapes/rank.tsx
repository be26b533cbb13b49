import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { figureOf } from '../unit';
import { words } from '../words';
import { missingOfPrizes, Prizes, prizesOf } from './prizes';
import { type BlanksProps, missingOfReward, type Params, type ShapeEditor, textOf, withParam } from './shape';

/** Changes between so many places and so many per cent; the number typed stays. */
export function rankBy(params: Params, by: 'places' | 'percent'): Params {
  const { places, percent, round, ...rest } = params;
  const number = String(places ?? percent ?? '');
  return by === 'percent' ? { ...rest, percent: number, round: round ?? 'up' } : { ...rest, places: wholeOr(number) };
}

/** What is larger than the subject: persons are ranked within teams or departments, teams within departments. */
function withinOf(subject: string | undefined): readonly ('all' | 'team' | 'department')[] {
  if (subject === 'department') return ['all'];
  return subject === 'team' ? ['all', 'department'] : ['all', 'team', 'department'];
}

const wholeOr = (text: string): string | number => (/^\d{1,9}$/.test(text) ? Number(text) : text);

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(words);
  const by = 'percent' in params ? 'percent' : 'places';
  const prizes = prizesOf(params);
  const within = withinOf(def.subject);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  return (
    <>
      <Fill
        sentence={t('rank')}
        blanks={{
          metric: metricBlank,
          order: (
            <ChoiceBlank
              label={t('order_desc')}
              field="order"
              value={textOf(params, 'order') || 'desc'}
              onChange={(order) => set('order', order)}
              options={choices(['desc', 'asc'] as const, (key) => t(`order_${key}`))}
            />
          ),
          places: (
            <NumberBlank
              label={t('blank_number')}
              field={by}
              required
              placeholder={by === 'percent' ? '5' : '3'}
              value={textOf(params, by)}
              onChange={(text) =>
                onParams({ ...params, [by]: by === 'places' ? wholeOr(text) : text.replace('%', '') })
              }
            />
          ),
          by: (
            <ChoiceBlank
              label={t('by_places')}
              value={by}
              onChange={(next) => onParams(rankBy(params, next))}
              options={choices(['places', 'percent'] as const, (key) => t(`by_${key}`))}
            />
          ),
          reward: <RewardBlank value={def.reward} onChange={onReward} field="reward" />,
        }}
      />
      <Prizes params={params} onParams={onParams} def={def} />
      <div className="sentence-more">
        <Fill
          sentence={t('rank_more')}
          blanks={{
            minimum: (
              <NumberBlank
                label={t('blank_number')}
                field="minimum"
                {...figureOf(metric)}
                placeholder={t('none')}
                value={textOf(params, 'minimum')}
                onChange={(minimum) => set('minimum', minimum)}
              />
            ),
            ties: (
              <ChoiceBlank
                label={t('ties_all')}
                field="ties"
                value={textOf(params, 'ties') || 'all'}
                onChange={(ties) => set('ties', ties)}
                options={choices(['all', 'none', 'earliest'] as const, (key) => t(`ties_${key}`))}
              />
            ),
          }}
        />{' '}
        {by === 'percent' && (
          <Fill
            sentence={t('rank_round')}
            blanks={{
              round: (
                <ChoiceBlank
                  label={t('places_up')}
                  field="round"
                  value={textOf(params, 'round') || 'up'}
                  onChange={(round) => set('round', round)}
                  options={choices(['up', 'down', 'nearest'] as const, (key) => t(`places_${key}`))}
                />
              ),
            }}
          />
        )}{' '}
        {(within.length > 1 || 'within' in params) && (
          <Fill
            sentence={t('rank_within')}
            blanks={{
              within: (
                <ChoiceBlank
                  label={t('within_all')}
                  field="within"
                  value={textOf(params, 'within') || 'all'}
                  onChange={(next) => set('within', next === 'all' ? undefined : next)}
                  options={choices(within, (key) => t(`within_${key}`))}
                />
              ),
            }}
          />
        )}{' '}
        {prizes.length > 0 && (
          <Fill
            sentence={t('rank_share')}
            blanks={{
              share: (
                <ChoiceBlank
                  label={t('share_no')}
                  field="share"
                  value={params.share === true ? 'yes' : 'no'}
                  onChange={(share) => set('share', share === 'yes' ? true : undefined)}
                  options={choices(['no', 'yes'] as const, (key) => t(`share_${key}`))}
                />
              ),
            }}
          />
        )}
      </div>
    </>
  );
}

/** 排名: the first places, or the top per cent. */
export const rank: ShapeEditor = {
  key: 'rank',
  start: () => ({ places: '', order: 'desc', ties: 'all' }),
  computesAmount: false,
  missing: (params, reward) => [
    ...(textOf(params, 'percent') || textOf(params, 'places') ? [] : ['places']),
    ...missingOfPrizes(params),
    ...missingOfReward(reward, 'reward'),
  ],
  Blanks,
};
