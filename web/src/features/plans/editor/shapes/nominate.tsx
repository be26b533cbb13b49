import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, Marked, NumberBlank, useFaultWithin } from '../blanks';
import { MetricBlank } from '../compare';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { words } from '../words';
import { voteWords } from '../words_vote';
import { missingOfPrizes, Prizes } from './prizes';
import { type BlanksProps, missingOfReward, type Params, type ShapeEditor, textOf, withParam } from './shape';

const juryOf = (params: Params): string[] => (Array.isArray(params.jury) ? params.jury.map(String) : []);

/** The parameters with another jury; without one nothing is said of it. */
export function withJury(params: Params, jury: string[]): Params {
  if (jury.length > 0) return { ...params, jury };
  const { jury: _jury, jury_weight: _weight, voters: _voters, ...rest } = params;
  return rest;
}

function Blanks({ params, onParams, def, metricBlank, onReward }: BlanksProps) {
  const t = useWords(voteWords);
  const common = useWords(words);
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const number = (key: string, otherwise: string) => (
    <NumberBlank
      label={common('blank_number')}
      field={key}
      placeholder={otherwise}
      value={textOf(params, key)}
      onChange={(text) => set(key, text)}
    />
  );
  const jury = juryOf(params);
  return (
    <>
      <Fill
        sentence={t('nominate')}
        blanks={{
          metric: metricBlank,
          places: number('places', '1'),
          reward: <RewardBlank value={def.reward} onChange={onReward} field="reward" />,
        }}
      />
      <Prizes params={params} onParams={onParams} def={def} />
      <div className="sentence-more">
        <Fill
          sentence={t('votes')}
          blanks={{
            voters: (
              <ChoiceBlank
                label={t('voters_everyone')}
                field="voters"
                value={textOf(params, 'voters') || 'everyone'}
                onChange={(voters) => set('voters', voters === 'everyone' ? undefined : voters)}
                options={choices(['everyone', 'jury'] as const, (key) => t(`voters_${key}`))}
              />
            ),
            counts: (
              <ChoiceBlank
                label={t('counts_latest')}
                field="counts"
                value={textOf(params, 'counts') || 'latest'}
                onChange={(counts) => set('counts', counts === 'latest' ? undefined : counts)}
                options={choices(['latest', 'first'] as const, (key) => t(`counts_${key}`))}
              />
            ),
            quorum: number('quorum', '1'),
          }}
        />
      </div>
      <div className="sentence-more">
        <Fill sentence={t('window')} blanks={{ opens: number('opens', '1'), closes: number('closes', '-1') }} />
      </div>
      <div className="sentence-more">
        <Fill
          sentence={t('jury')}
          blanks={{
            jury: <JuryBlank value={jury} onChange={(next) => onParams(withJury(params, next))} />,
            jury_weight: number('jury_weight', '1'),
          }}
        />{' '}
        <Fill
          sentence={t('nominees')}
          blanks={{
            nominations: (
              <MetricBlank
                value={textOf(params, 'nominations')}
                field="nominations"
                none={t('anybody')}
                label={t('blank_nominees')}
                onChange={(key) => set('nominations', key)}
              />
            ),
          }}
        />
      </div>
      <div className="sentence-more">{t('secret')}</div>
    </>
  );
}

/** The persons whose votes may weigh more. */
function JuryBlank({ value, onChange }: { value: string[]; onChange: (keys: string[]) => void }) {
  const t = useWords(voteWords);
  const fault = useFaultWithin('jury');
  const people = useQuery({
    queryKey: [...keys.people, 'audience'],
    queryFn: async () => (await read(api.GET('/people'))).items,
  });
  return (
    <Marked fault={fault}>
      <Select
        className="blank"
        mode="multiple"
        variant="borderless"
        aria-label={t('no_jury')}
        placeholder={t('no_jury')}
        value={value}
        onChange={onChange}
        options={(people.data ?? []).map((each) => ({ value: each.key, label: each.name }))}
        optionFilterProp="label"
        popupMatchSelectWidth={false}
        style={{ minWidth: '9em' }}
      />
    </Marked>
  );
}

/** 评选: the most votes. */
export const nominate: ShapeEditor = {
  key: 'nominate',
  start: () => ({ places: '1' }),
  computesAmount: false,
  missing: (params, reward) => [...missingOfPrizes(params), ...missingOfReward(reward, 'reward')],
  Blanks,
};
