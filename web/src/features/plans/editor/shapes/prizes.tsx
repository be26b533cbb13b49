import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { PlanDef, Reward } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { words } from '../words';
import { missingOfReward, type Params, withParam } from './shape';

const maxPrizes = 20;

interface Prize {
  place: number;
  reward: Reward;
}

export const prizesOf = (params: Params): Prize[] => (Array.isArray(params.prizes) ? (params.prizes as Prize[]) : []);

export const missingOfPrizes = (params: Params): string[] =>
  prizesOf(params).flatMap((prize, index) => [
    ...(prize.place > 0 ? [] : [`prizes[${index}].place`]),
    ...missingOfReward(prize.reward, `prizes[${index}].reward`),
  ]);

interface Props {
  params: Params;
  onParams: (params: Params) => void;
  def: PlanDef;
}

/** Places whose reward differs from the plan's. */
export function Prizes({ params, onParams, def }: Props) {
  const t = useWords(words);
  const prizes = prizesOf(params);
  const set = (list: Prize[]) => onParams(withParam(params, 'prizes', list.length > 0 ? list : undefined));
  const setPrize = (index: number, prize: Prize) => set(prizes.map((each, at) => (at === index ? prize : each)));
  return (
    <>
      <ol className="sentence-steps">
        {prizes.map((prize, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: prizes are edited in place
          <li key={index}>
            <Fill
              sentence={t('rank_prize')}
              blanks={{
                place: (
                  <NumberBlank
                    label={t('blank_number')}
                    field={`prizes[${index}].place`}
                    required
                    value={String(prize.place || '')}
                    onChange={(text) => setPrize(index, { ...prize, place: Number(/^\d{1,6}$/.exec(text)?.[0] ?? 0) })}
                  />
                ),
                reward: (
                  <RewardBlank
                    value={prize.reward}
                    onChange={(reward) => setPrize(index, { ...prize, reward })}
                    field={`prizes[${index}].reward`}
                  />
                ),
              }}
            />
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('step_remove')}
              onClick={() => set(prizes.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ol>
      <div className="sentence-more">
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={prizes.length >= maxPrizes}
          onClick={() => set([...prizes, { place: prizes.length + 1, reward: { ...def.reward } }])}
        >
          {t('prize_add')}
        </Button>
      </div>
    </>
  );
}
