import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, Segmented, Tag } from 'antd';
import { awardsQuery } from '@/api/awards';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { plansQuery } from '@/api/plans';
import { useMe } from '@/api/session';
import type { Award } from '@/api/types';
import { AwardList } from '@/components/awards/AwardList';
import '@/components/awards/awards.css';
import { lastDay, laterLast } from '@/components/awards/earned';
import { words as partWords } from '@/components/awards/words';
import { useToday } from '@/components/DateText';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { useGo } from '@/components/Go';
import { PageHeader } from '@/components/PageHeader';
import { Pending } from '@/components/Pending';
import { useText } from '@/components/TextOf';
import { words as common } from '@/components/words';
import { formatAmount, formatPeriod, sum } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { type AwardsFilter, paths } from '@/lib/paths';
import './award.css';
import { type Chip, chipsOf, filterOf, states, without } from './filter';
import { words } from './words';

/** The awards that a figure stands for. Whatever narrows them is shown, and can be taken away. */
export default function AwardsPage() {
  const t = useWords(words);
  const c = useWords(common);
  const go = useGo();
  const zone = useMe().organisation.time_zone;
  const today = useToday();
  const filter = filterOf(useSearch({ strict: false }));
  const list = useInfiniteQuery(awardsQuery(filter));
  const awards =
    list.data &&
    laterLast(
      list.data.pages.flatMap((page) => page.items ?? []),
      zone,
      today,
    );
  const nameOf = useChipNames(filter);
  const chips = chipsOf(filter);
  const narrow = (next: AwardsFilter) => go(paths.awards(next), { replace: true });
  return (
    <>
      <PageHeader
        title={[t('list'), ...chips.map(nameOf)].join(' · ')}
        actions={
          <Segmented
            value={filter.state ?? 'granted'}
            onChange={(state) => narrow({ ...filter, state: state as AwardsFilter['state'] })}
            options={[
              ...states.map((state) => ({ value: state as string, label: c(`state_${state}`) })),
              { value: 'all', label: t('state_any') },
            ]}
          />
        }
      />
      {chips.length > 0 && (
        <p className="award-chips">
          {chips.map((chip) => (
            <Tag key={chip} closable onClose={() => narrow(without(filter, chip))}>
              {nameOf(chip)}
            </Tag>
          ))}
          {chips.length > 1 && (
            <Button type="link" size="small" onClick={() => narrow({ state: filter.state })}>
              {t('chips_clear')}
            </Button>
          )}
        </p>
      )}
      <section className="card">
        {awards === undefined &&
          (list.isError ? <ErrorState error={list.error} retry={() => void list.refetch()} /> : <Pending />)}
        {awards?.length === 0 && (
          <EmptyState action={<Button onClick={() => go(paths.plans())}>{t('none_plans')}</Button>}>
            {t('none')}
          </EmptyState>
        )}
        {awards && awards.length > 0 && !list.hasNextPage && <Total awards={awards} cash={filter.kind === 'cash'} />}
        {awards && awards.length > 0 && <AwardList awards={awards} who label={t('list')} />}
        {list.hasNextPage && (
          <p className="card-more">
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('more')}
            </Button>
          </p>
        )}
      </section>
    </>
  );
}

/** What the rows come to, once all of them are there. */
function Total({ awards, cash }: { awards: readonly Award[]; cash: boolean }) {
  const t = useWords(words);
  const amounts = awards.flatMap((each) => (each.amount && each.state !== 'reversed' ? [each.amount] : []));
  const total = cash && awards.every((each) => each.amount) ? sum(amounts) : null;
  return (
    <p className="quiet">
      {t('count', { count: awards.length })}
      {total && ` · ${t('total', { amount: formatAmount(total) })}`}
    </p>
  );
}

/** What each part of the filter is called. */
function useChipNames(filter: AwardsFilter): (chip: Chip) => string {
  const t = useWords(words);
  const parts = useWords(partWords);
  const text = useText();
  const language = useLanguage();
  const plan = useQuery({ ...plansQuery, enabled: filter.plan !== undefined }).data?.find(
    (each) => each.key === filter.plan,
  );
  const id = filter.person;
  const person = useQuery({
    queryKey: [...keys.people, 'name', id],
    queryFn: () => read(api.GET('/people/{id}', { params: { path: { id: id ?? 0 } } })),
    enabled: id !== undefined,
  }).data;
  const unit = useQuery({
    queryKey: [...keys.people, 'unit', 'name', filter.unit],
    queryFn: () => read(api.GET('/units')),
    enabled: filter.unit !== undefined,
  }).data?.items?.find((each) => each.id === filter.unit);
  const last = filter.to && lastDay(filter.to);
  return (chip) =>
    ({
      person: person?.name ?? `#${id}`,
      own: t('chip_own'),
      unit: text(unit?.name) || `#${filter.unit}`,
      plan: text(plan?.name) || (filter.plan ?? ''),
      period: formatPeriod(filter.period ?? '', language),
      kind: filter.kind ? parts(`kind_${filter.kind}`) : '',
      days:
        filter.from && last
          ? `${filter.from} – ${last}`
          : filter.from
            ? t('chip_from', { day: filter.from })
            : t('chip_to', { day: last ?? '' }),
    })[chip];
}
