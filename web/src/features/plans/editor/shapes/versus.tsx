import { useQuery } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { DirectionBlank, MarginBlank, MarginKindBlank, MetricBlank, marginTyped } from '../compare';
import { Fill } from '../fill';
import { RewardBlank } from '../RewardBlank';
import { words } from '../words';
import { compareWords } from '../words_compare';
import { type BlanksProps, missingOfReward, type Params, type ShapeEditor, textOf, withParam } from './shape';

const opponents = [
  'team',
  'person',
  'department',
  'company',
  'self',
  'previous',
  'last_year',
  'average',
  'best',
] as const;

type Opponent = (typeof opponents)[number];

const named = (against: string) => ['person', 'team', 'department'].includes(against);
const ofFigure = (against: string) => ['company', 'self'].includes(against);

/** What a sentence asks of an opponent: who it is, which figure, which of one's own earlier figures, or nothing. */
function kindOf(against: string): 'who' | 'figure' | 'own' | 'others' {
  if (named(against)) return 'who';
  if (ofFigure(against)) return 'figure';
  return ['previous', 'last_year'].includes(against) ? 'own' : 'others';
}

/** Another opponent; what belongs to the one before goes with it. */
export function withOpponent(params: Params, against: string): Params {
  const { key: _key, metric, periods: _periods, ...rest } = params;
  if (ofFigure(against)) return { ...rest, against, metric: metric ?? '' };
  if (named(against)) return { ...rest, against, key: '' };
  return { ...rest, against };
}

function Blanks({ params, onParams, def, metric, metricBlank, onReward }: BlanksProps) {
  const t = useWords(compareWords);
  const common = useWords(words);
  const against = textOf(params, 'against') as Opponent;
  const set = (key: string, value: unknown) => onParams(withParam(params, key, value));
  const setMargin = (next: Params) => onParams(dropEmpty(next));
  const sentences = { who: t('versus_who'), figure: t('versus_figure'), own: t('versus_own'), others: t('versus') };
  const sentence = sentences[kindOf(against)];
  const needed = ofFigure(against);
  return (
    <>
      <Fill
        sentence={sentence}
        blanks={{
          metric: metricBlank,
          direction: (
            <DirectionBlank params={params} onChange={(direction) => set('direction', direction)} word="beats" />
          ),
          against: (
            <ChoiceBlank
              label={t('who_team')}
              field="against"
              value={against}
              onChange={(next) => onParams(withOpponent(params, next))}
              options={choices(opponents, (key) => t(`who_${key}`))}
            />
          ),
          who: (
            <WhoBlank kind={against} value={textOf(params, 'key')} onChange={(key) => onParams({ ...params, key })} />
          ),
          figure: (
            <MetricBlank
              value={textOf(params, 'metric')}
              field="metric"
              none={needed ? undefined : t('same_metric')}
              onChange={(key) => (needed ? onParams({ ...params, metric: key }) : set('metric', key))}
            />
          ),
          reward: <RewardBlank value={def.reward} onChange={onReward} field="reward" />,
        }}
      />
      <div className="sentence-more">
        {against === 'previous' && (
          <Fill
            sentence={t('versus_back')}
            blanks={{
              periods: (
                <NumberBlank
                  label={common('blank_number')}
                  field="periods"
                  placeholder="1"
                  value={textOf(params, 'periods')}
                  onChange={(periods) => set('periods', periods)}
                />
              ),
            }}
          />
        )}{' '}
        <Fill
          sentence={t('versus_margin')}
          blanks={{
            margin: <MarginBlank params={params} onParams={setMargin} label={common('blank_number')} metric={metric} />,
            kind: <MarginKindBlank params={params} onParams={setMargin} />,
          }}
        />
      </div>
    </>
  );
}

/** No margin is no parameter; the choice between share and unit stays while one is typed. */
const dropEmpty = (params: Params): Params =>
  marginTyped(params) || 'points' in params ? params : withParam(params, 'by', '');

/** The person, team or department to be beaten. */
function WhoBlank({ kind, value, onChange }: { kind: string; value: string; onChange: (key: string) => void }) {
  const t = useWords(compareWords);
  const text = useText();
  const units = useQuery({
    queryKey: [...keys.units, 'audience'],
    queryFn: async () => (await read(api.GET('/units'))).items,
    enabled: kind !== 'person',
  });
  const people = useQuery({
    queryKey: [...keys.people, 'audience'],
    queryFn: async () => (await read(api.GET('/people'))).items,
    enabled: kind === 'person',
  });
  const options =
    kind === 'person'
      ? (people.data ?? []).map((each) => ({ value: each.key, label: each.name }))
      : (units.data ?? [])
          .filter((each) => each.kind === kind)
          .map((each) => ({ value: each.key, label: text(each.name) || each.key }));
  return (
    <ChoiceBlank
      label={t('who')}
      field="key"
      search
      placeholder={t('who')}
      value={value}
      onChange={onChange}
      options={options}
    />
  );
}

/** 超越: above somebody else, an outside figure, or oneself before. */
export const versus: ShapeEditor = {
  key: 'versus',
  start: () => ({ against: 'team', key: '' }),
  computesAmount: false,
  missing: (params, reward) => [
    ...(named(textOf(params, 'against')) && !textOf(params, 'key') ? ['key'] : []),
    ...(ofFigure(textOf(params, 'against')) && !textOf(params, 'metric') ? ['metric'] : []),
    ...missingOfReward(reward, 'reward'),
  ],
  Blanks,
};
