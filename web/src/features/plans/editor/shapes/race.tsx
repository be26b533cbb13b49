import { useWords } from '@/lib/i18n';
import { NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { figureOf } from '../unit';
import { words } from '../words';
import { compareWords } from '../words_compare';
import { missingOfPrizes, Prizes } from './prizes';
import { type BlanksProps, missingOfReward, type ShapeEditor, textOf, withParam } from './shape';

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(compareWords);
  const common = useWords(words);
  return (
    <>
      <Fill
        sentence={t('race')}
        blanks={{
          metric: metricBlank,
          at: (
            <NumberBlank
              label={common('blank_number')}
              field="at"
              required
              {...figureOf(metric)}
              placeholder="20"
              value={textOf(params, 'at')}
              onChange={(at) => onParams({ ...params, at })}
            />
          ),
          places: (
            <NumberBlank
              label={common('blank_number')}
              field="places"
              placeholder="1"
              value={textOf(params, 'places')}
              onChange={(places) => onParams(withParam(params, 'places', places))}
            />
          ),
          reward: <RewardBlank value={def.reward} onChange={onReward} field="reward" />,
        }}
      />
      <Prizes params={params} onParams={onParams} def={def} />
    </>
  );
}

/** 抢先: the first to get there. */
export const race: ShapeEditor = {
  key: 'race',
  start: () => ({ at: '', places: '1' }),
  computesAmount: false,
  missing: (params, reward) => [
    ...(textOf(params, 'at') ? [] : ['at']),
    ...missingOfPrizes(params),
    ...missingOfReward(reward, 'reward'),
  ],
  Blanks,
};
