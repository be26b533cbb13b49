import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { figureOf } from '../unit';
import { words } from '../words';
import { type BlanksProps, missingOfReward, type Params, type ShapeEditor, textOf, withParam } from './shape';

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(words);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const unit = figureOf(metric);
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
      <div className="sentence-more">
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
                onChange={(remainder) => onParams(withRemainder(params, remainder))}
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
        />{' '}
        {params.remainder === 'carry' && (
          <Fill
            sentence={t('carried')}
            blanks={{
              since: (
                <ChoiceBlank
                  label={t('since_plan')}
                  field="since"
                  value={textOf(params, 'since') || 'plan'}
                  onChange={(since) => set('since', since)}
                  options={choices(['plan', 'year'] as const, (key) => t(`since_${key}`))}
                />
              ),
              excess: (
                <ChoiceBlank
                  label={t('excess_lapse')}
                  field="excess"
                  value={textOf(params, 'excess') || 'lapse'}
                  onChange={(excess) => set('excess', excess === 'lapse' ? undefined : excess)}
                  options={choices(['lapse', 'carry'] as const, (key) => t(`excess_${key}`))}
                />
              ),
            }}
          />
        )}
      </div>
    </>
  );
}

/** What depends on a carry goes with it. */
export function withRemainder(params: Params, remainder: string): Params {
  if (remainder === 'carry') return { ...params, remainder };
  const { since: _since, excess: _excess, ...rest } = params;
  return { ...rest, remainder };
}

/** 每满: for every so many, one reward. */
export const every: ShapeEditor = {
  key: 'every',
  start: () => ({ size: '', remainder: 'lapse' }),
  computesAmount: false,
  missing: (params, reward) => [...(textOf(params, 'size') ? [] : ['size']), ...missingOfReward(reward, 'reward')],
  Blanks,
};
