import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import type { PlanDef } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, useFault } from './blanks';
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
    </>
  );
}

type Part = 'persons' | 'teams' | 'departments';

/** Nobody chosen means everybody. A plan for teams or departments is narrowed by those alone. */
function AudienceBlank({ def, onChange }: Props) {
  const t = useWords(words);
  const text = useText();
  const fault = useFault('audience');
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
        ]
      : []),
  ];
  const chosen = (['departments', 'teams', 'persons'] as const).flatMap((part) =>
    (def.audience?.[part] ?? []).map((key) => `${part}/${key}`),
  );
  const pick = (values: string[]) => {
    const of = (part: Part) => {
      const found = values.filter((value) => value.startsWith(`${part}/`)).map((value) => value.slice(part.length + 1));
      return found.length > 0 ? found : undefined;
    };
    onChange({
      audience: {
        member: def.audience?.member,
        persons: of('persons'),
        teams: of('teams'),
        departments: of('departments'),
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
