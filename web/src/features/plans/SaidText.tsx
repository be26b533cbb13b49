import { useQuery } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { metricsQuery, plansQuery } from '@/api/plans';
import { useMe } from '@/api/session';
import type { Metric, PlanVersion } from '@/api/types';
import { TextOf, useText } from '@/components/TextOf';
import { formatAmountShort, formatNumber } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import type { Reading, Said } from './differences';
import { differenceWords, wordOf } from './differenceWords';
import { useApart } from './editor/apart';
import { percentShown } from './editor/percent';
import { isPercent, suffixOf } from './editor/unit';

interface Props {
  said: Said;
  /** The field that it stands in, for values that are words. */
  field: string;
  version: PlanVersion;
}

/** What a version says in one place, as people read it: with its currency, its per cent, or its name. */
export function SaidText({ said, field, version }: Props) {
  const t = useWords(differenceWords);
  if (!said) return <>—</>;
  if ('text' in said) return <TextOf text={said.text} />;
  if (said.as) return <Read value={said.value} as={said.as} metric={version.definition.metric} />;
  return <>{wordOf(t, `${field}_${said.value}`, said.value)}</>;
}

function Read({ value, as, metric }: { value: string; as: Reading; metric: string | undefined }) {
  const t = useWords(differenceWords);
  const text = useText();
  const home = useMe().organisation.currency;
  const percent = usePercent();
  const metrics = useQuery(metricsQuery).data ?? [];
  const plans = useQuery(plansQuery).data ?? [];
  const metricOf = (key: string | undefined) => metrics.find((each) => each.key === key);
  switch (as) {
    case 'percent':
      return <>{percent(percentShown(value))}</>;
    case 'per_cent':
      return <>{percent(value)}</>;
    case 'yes_no':
      return <>{t(value === 'true' ? 'yes' : 'no')}</>;
    case 'metric':
      return <>{text(metricOf(value)?.name) || value}</>;
    case 'plan':
      return <>{text(plans.find((each) => each.key === value)?.name) || value}</>;
    case 'person':
      return <PersonName of={value} />;
    case 'unit':
      return <UnitName of={value} />;
    case 'apart':
      return <ApartName of={value} metric={metricOf(metric)} />;
  }
  if ('amount' in as) {
    const { kind, currency } = as.amount;
    if (kind === 'cash') return <>{formatAmountShort({ amount: value, currency: currency || home })}</>;
    return <>{t(kind === 'leave' ? 'days' : 'points', { n: formatNumber(value) })}</>;
  }
  const of = metricOf(as.figure);
  if (isPercent(of)) return <>{percent(percentShown(value))}</>;
  if (of?.currency) return <>{formatAmountShort({ amount: value, currency: of.currency })}</>;
  return (
    <>
      {formatNumber(value)} {suffixOf(of)}
    </>
  );
}

function usePercent() {
  const language = useLanguage();
  return (number: string) => `${formatNumber(number)}${language === 'zh' ? ' %' : '%'}`;
}

/** The name of a person who is known by key. */
function PersonName({ of }: { of: string }) {
  const found = useQuery({
    queryKey: [...keys.people, 'key', of],
    queryFn: async () => (await read(api.GET('/people', { params: { query: { search: of, limit: 10 } } }))).items ?? [],
  }).data;
  return <>{found?.find((each) => each.key === of)?.name ?? of}</>;
}

function UnitName({ of }: { of: string }) {
  const text = useText();
  const units = useQuery({
    queryKey: [...keys.units],
    queryFn: async () => (await read(api.GET('/units'))).items ?? [],
  }).data;
  return <>{text(units?.find((each) => each.key === of)?.name) || of}</>;
}

/** A value of the field by which the metric tells its records apart. */
function ApartName({ of, metric }: { of: string; metric: Metric | undefined }) {
  const t = useWords(differenceWords);
  const text = useText();
  const field = useApart(metric);
  if (of === '') return <>{t('row_empty')}</>;
  return <>{text(field?.choices?.find((each) => each.key === of)?.name) || of}</>;
}
