import { useQuery } from '@tanstack/react-query';
import { metricsQuery, plansQuery } from '@/api/plans';
import { useMe } from '@/api/session';
import type { Metric, PlanDef } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { aroundWords } from './around/words';
import { ChoiceBlank } from './blanks';
import { words } from './words';

/** Chosen in the list of metrics, it opens the form of a new one. */
const makeNew = '+';
/** Before the key of a plan whose rewards are judged in place of a metric. */
const earnedFrom = 'earned:';

interface Props {
  def: PlanDef;
  onChange: (part: Partial<PlanDef>) => void;
  onNew: () => void;
}

/** What the rule looks at: a metric, or the cash that another plan gives. */
export function MetricOrEarned({ def, onChange, onNew }: Props) {
  const t = useWords(words);
  const around = useWords(aroundWords);
  const text = useText();
  const metrics = useQuery(metricsQuery).data ?? [];
  const plans = useQuery(plansQuery).data ?? [];
  const bases = plans.filter(
    (each) => each.key !== def.key && (each.reward.kind === 'cash' || each.key === def.earned),
  );
  const pick = (key: string) => {
    if (key === makeNew) onNew();
    else if (key.startsWith(earnedFrom)) onChange({ earned: key.slice(earnedFrom.length), metric: '' });
    else onChange({ metric: key, earned: undefined });
  };
  return (
    <ChoiceBlank
      label={t('blank_metric')}
      field={def.earned ? 'earned' : 'metric'}
      search
      placeholder={t('blank_metric')}
      value={def.earned ? earnedFrom + def.earned : def.metric}
      onChange={pick}
      options={[
        ...metrics.map((each) => ({ value: each.key, label: text(each.name) || each.key })),
        { value: makeNew, label: t('new_metric') },
        ...(bases.length > 0
          ? [
              {
                label: around('earned_group'),
                options: bases.map((each) => ({
                  value: earnedFrom + each.key,
                  label: around('earned_of', { plan: text(each.name) || each.key }),
                })),
              },
            ]
          : []),
      ]}
    />
  );
}

/** The metric that is judged. What another plan gives is a sum of money in the organisation's currency. */
export function useJudged(def: PlanDef): Metric | undefined {
  const metrics = useQuery(metricsQuery).data ?? [];
  const { currency } = useMe().organisation;
  if (!def.earned) return metrics.find((each) => each.key === def.metric);
  const name = { zh: def.earned, en: def.earned };
  return {
    id: 0,
    key: earnedFrom + def.earned,
    name,
    measure: { kind: 'sum' },
    currency,
    scale: 2,
    percent: false,
    problems: [],
  };
}
