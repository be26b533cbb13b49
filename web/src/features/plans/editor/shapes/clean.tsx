import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { MetricBlank, useMetric } from '../compare';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { figureOf } from '../unit';
import { words } from '../words';
import { compareWords } from '../words_compare';
import { type BlanksProps, missingOfReward, type Params, type ShapeEditor, textOf, withParam } from './shape';

/** Which of the two figures is not the plan's metric. */
const otherOf = (params: Params): 'handled' | 'bad' => ('handled' in params ? 'handled' : 'bad');

/** The plan's metric counts the other of the two; the metric that was named stays. */
export function withOther(params: Params, other: 'handled' | 'bad'): Params {
  const { handled, bad, ...rest } = params;
  return { ...rest, [other]: handled ?? bad ?? '' };
}

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(compareWords);
  const common = useWords(words);
  const other = otherOf(params);
  const otherMetric = useMetric(textOf(params, other));
  const handled = other === 'handled' ? otherMetric : metric;
  const otherBlank = (
    <MetricBlank
      value={textOf(params, other)}
      field={other}
      onChange={(key) => onParams({ ...params, [other]: key })}
    />
  );
  return (
    <>
      <Fill
        sentence={t('clean')}
        blanks={{
          bad: other === 'bad' ? otherBlank : metricBlank,
          handled: other === 'handled' ? otherBlank : metricBlank,
          at_least: (
            <NumberBlank
              label={common('blank_number')}
              field="at_least"
              {...figureOf(handled)}
              placeholder="1"
              value={textOf(params, 'at_least')}
              onChange={(least) => onParams(withParam(params, 'at_least', least))}
            />
          ),
          reward: <RewardBlank value={def.reward} onChange={onReward} field="reward" />,
        }}
      />
      <div className="sentence-more">
        <Fill
          sentence={t('clean_by')}
          blanks={{
            own: (
              <ChoiceBlank
                label={t('own_handled')}
                value={other === 'bad' ? 'handled' : 'bad'}
                onChange={(own) => onParams(withOther(params, own === 'bad' ? 'handled' : 'bad'))}
                options={choices(['handled', 'bad'] as const, (key) => t(`own_${key}`))}
              />
            ),
          }}
        />
      </div>
    </>
  );
}

/** 无差错: nothing bad, and enough handled. A fresh sentence rewards by what was handled. */
export const clean: ShapeEditor = {
  key: 'clean',
  start: () => ({ bad: '', at_least: '' }),
  computesAmount: false,
  missing: (params, reward) => [
    ...(textOf(params, otherOf(params)) ? [] : [otherOf(params)]),
    ...missingOfReward(reward, 'reward'),
  ],
  Blanks,
};
