import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { plansQuery } from '@/api/plans';
import type { Person, PlanDef } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank, useFaultWithin } from './blanks';
import { Fill } from './fill';
import { words } from './words';

interface Props {
  def: PlanDef;
  onChange: (part: Partial<PlanDef>) => void;
}

/** Around the rule: whom it covers, when it is granted, what others see, how it is rounded. */
export function Terms({ def, onChange }: Props) {
  const t = useWords(words);
  return (
    <>
      <div className="sentence-more">
        <Fill
          sentence={t('terms_who')}
          blanks={{
            audience: <AudienceBlank def={def} onChange={onChange} />,
            member: (
              <ChoiceBlank
                label={t('audience')}
                field="audience.member"
                value={def.audience?.member ?? 'any_day'}
                onChange={(member) => onChange({ audience: { ...def.audience, member } })}
                options={choices(['any_day', 'last_day', 'all_days'] as const, (key) => t(`member_${key}`))}
              />
            ),
          }}
        />
        {def.subject === 'person' && <TenureBlanks def={def} onChange={onChange} />}
      </div>
      <div className="sentence-more">
        <Fill
          sentence={t('terms_when')}
          blanks={{
            judged: (
              <ChoiceBlank
                label={t('judged_at_once')}
                field="judged"
                value={def.judged ?? 'at_once'}
                onChange={(judged) => onChange({ judged })}
                options={choices(['at_once', 'period_end'] as const, (key) => t(`judged_${key}`))}
              />
            ),
            visibility: (
              <ChoiceBlank
                label={t('visibility_full')}
                field="visibility"
                value={def.visibility ?? 'full'}
                onChange={(visibility) => onChange({ visibility })}
                options={choices(['full', 'amount_hidden', 'private'] as const, (key) => t(`visibility_${key}`))}
              />
            ),
            rounding: (
              <ChoiceBlank
                label={t('rounding_half_even')}
                field="rounding"
                value={def.rounding ?? 'half_even'}
                onChange={(rounding) => onChange({ rounding })}
                options={choices(['half_even', 'half_up', 'down', 'up'] as const, (key) => t(`rounding_${key}`))}
              />
            ),
          }}
        />
      </div>
      {def.visibility === 'amount_hidden' && <p className="quiet">{t('hidden_note')}</p>}
      <ClosedNote def={def} />
    </>
  );
}

const openness = ['full', 'amount_hidden', 'private'] as const;

/** Said where the plan that is built on shows less of its awards than this one says. */
function ClosedNote({ def }: { def: PlanDef }) {
  const t = useWords(words);
  const text = useText();
  const base = (useQuery(plansQuery).data ?? []).find((each) => each.key === def.earned);
  if (!base || openness.indexOf(base.visibility) <= openness.indexOf(def.visibility ?? 'full')) return null;
  return (
    <p className="quiet">
      {t('closed_note', { plan: text(base.name) || base.key, seen: t(`visibility_${base.visibility}`) })}
    </p>
  );
}

const parts = ['departments', 'teams', 'persons', 'positions'] as const;
type Part = (typeof parts)[number];

/**
 * Nobody chosen means everybody. Positions narrow the persons that are covered. A plan for teams or departments is narrowed
 * by those alone.
 */
function AudienceBlank({ def, onChange }: Props) {
  const t = useWords(words);
  const text = useText();
  const fault = useFaultWithin('audience', ...parts.map((part) => `audience.${part}`));
  const units = useQuery({
    queryKey: [...keys.units, 'audience'],
    queryFn: async () => (await read(api.GET('/units'))).items,
  });
  const people = useQuery({
    queryKey: [...keys.people, 'audience'],
    queryFn: async () => (await read(api.GET('/people'))).items,
    enabled: def.subject === 'person',
  });
  const unitOptions = (kind: 'team' | 'department') =>
    (units.data ?? [])
      .filter((each) => each.kind === kind)
      .map((each) => ({ value: `${kind}s/${each.key}`, label: text(each.name) || each.key }));
  const groups = [
    ...(def.subject !== 'team' ? [{ label: t('audience_department'), options: unitOptions('department') }] : []),
    ...(def.subject !== 'department' ? [{ label: t('audience_team'), options: unitOptions('team') }] : []),
    ...(def.subject === 'person'
      ? [
          {
            label: t('audience_person'),
            options: (people.data ?? []).map((each) => ({ value: `persons/${each.key}`, label: each.name })),
          },
          {
            label: t('audience_position'),
            options: positionsOf(people.data ?? []).map((each) => ({ value: `positions/${each}`, label: each })),
          },
        ]
      : []),
  ];
  const chosen = parts.flatMap((part) => (def.audience?.[part] ?? []).map((key) => `${part}/${key}`));
  const pick = (values: string[]) => {
    const of = (part: Part) => {
      const found = values.filter((value) => value.startsWith(`${part}/`)).map((value) => value.slice(part.length + 1));
      return found.length > 0 ? found : undefined;
    };
    onChange({
      audience: {
        ...def.audience,
        persons: of('persons'),
        teams: of('teams'),
        departments: of('departments'),
        positions: of('positions'),
      },
    });
  };
  return (
    <span className={fault ? 'blank-mark blank-fault' : 'blank-mark'}>
      <Select
        className="blank audience-blank"
        variant="borderless"
        mode="multiple"
        aria-label={t('audience')}
        placeholder={t('everybody')}
        value={chosen}
        onChange={pick}
        options={groups}
        showSearch={{ optionFilterProp: 'label' }}
        maxTagCount={6}
        popupMatchSelectWidth={false}
      />
      {fault && <span className="blank-note">{fault}</span>}
    </span>
  );
}

/** The positions that anybody holds or has held, each once. */
function positionsOf(people: Person[]): string[] {
  const held = people.flatMap((each) => [each.position, ...(each.positions ?? []).map((one) => one.position)]);
  return [...new Set(held.filter((each) => each !== ''))].sort((a, b) => a.localeCompare(b, 'zh'));
}

const tenures = ['any', 'at_least', 'below', 'between'] as const;

/** For how long somebody must have been here, in full months. */
function TenureBlanks({ def, onChange }: Props) {
  const t = useWords(words);
  const tenure = def.audience?.tenure;
  const set = (next: Tenure | undefined) => onChange({ audience: { ...def.audience, tenure: next } });
  const kind = kindOf(tenure);
  const month = (field: keyof Tenure) => (
    <NumberBlank
      label={t(`tenure_${field}`)}
      field={`audience.tenure.${field}`}
      value={String(tenure?.[field] ?? '')}
      onChange={(value) => set({ ...tenure, [field]: Number.parseInt(value, 10) || 0 })}
    />
  );
  return (
    <Fill
      sentence={t(`tenure_sentence_${kind}`)}
      blanks={{
        tenure: (
          <ChoiceBlank
            label={t('tenure')}
            field="audience.tenure"
            value={kind}
            onChange={(next) => set(firstTenure[next])}
            options={choices(tenures, (key) => t(`tenure_${key}`))}
          />
        ),
        at_least: month('at_least'),
        below: month('below'),
      }}
    />
  );
}

type Tenure = NonNullable<NonNullable<PlanDef['audience']>['tenure']>;

const firstTenure: Record<(typeof tenures)[number], Tenure | undefined> = {
  any: undefined,
  at_least: { at_least: 6 },
  below: { below: 6 },
  between: { at_least: 6, below: 24 },
};

function kindOf(tenure: Tenure | undefined): (typeof tenures)[number] {
  if (!tenure) return 'any';
  if (tenure.below === undefined) return 'at_least';
  return tenure.at_least === undefined ? 'below' : 'between';
}
