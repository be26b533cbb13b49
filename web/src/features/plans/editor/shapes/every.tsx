import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { prefixOf, suffixOf } from '../unit';
import { words } from '../words';
import { type BlanksProps, missingOfReward, type ShapeEditor, textOf, withParam } from './shape';

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(words);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const unit = { prefix: prefixOf(metric), suffix: suffixOf(metric) };
  return (
    <>
      <Fill
        sentence={t('every')}
        blanks={{
          metric: metricBlank,
          size: (
            <NumberBlank
              label={t('blank_number')}
              field="size"
              required
              {...unit}
              placeholder="10"
              value={textOf(params, 'size')}
              onChange={(size) => set('size', size)}
            />
          ),
          reward: <RewardBlank value={def.reward} onChange={onReward} field="reward" />,
        }}
      />
      <p className="sentence-more">
        <Fill
          sentence={t('every_more')}
          blanks={{
            round: (
              <ChoiceBlank
                label={t('round_down')}
                field="round"
                value={textOf(params, 'round') || 'down'}
                onChange={(round) => set('round', round)}
                options={choices(['down', 'up'] as const, (key) => t(`round_${key}`))}
              />
            ),
            remainder: (
              <ChoiceBlank
                label={t('remainder_lapse')}
                field="remainder"
                value={textOf(params, 'remainder') || 'lapse'}
                onChange={(remainder) => set('remainder', remainder)}
                options={choices(['lapse', 'carry'] as const, (key) => t(`remainder_${key}`))}
              />
            ),
            free: (
              <NumberBlank
                label={t('zero')}
                field="free"
                {...unit}
                placeholder="0"
                value={textOf(params, 'free')}
                onChange={(free) => set('free', free)}
              />
            ),
            cap: (
              <NumberBlank
                label={t('none')}
                field="cap"
                placeholder={t('none')}
                value={textOf(params, 'cap')}
                onChange={(cap) => set('cap', /^\d{1,9}$/.test(cap) ? Number(cap) : cap)}
              />
            ),
          }}
        />
      </p>
    </>
  );
}

/** 每满: for every so many, one reward. */
export const every: ShapeEditor = {
  key: 'every',
  start: () => ({ size: '', remainder: 'lapse' }),
  computesAmount: false,
  missing: (params, reward) => [...(textOf(params, 'size') ? [] : ['size']), ...missingOfReward(reward, 'reward')],
  Blanks,
};
