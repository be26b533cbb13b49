import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { awardsQuery } from '@/api/awards';
import { AwardList } from '@/components/awards/AwardList';
import '@/components/awards/awards.css';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Go, useGo } from '@/components/Go';
import { PageHeader } from '@/components/PageHeader';
import { Pending } from '@/components/Pending';
import { words as common } from '@/components/words';
import { formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { type AwardsFilter, paths } from '@/lib/paths';
import { words } from './words';

const states = ['provisional', 'granted', 'reversed'] as const;

/** The awards that a figure stands for: narrowed by person, plan, period and state. */
export default function AwardsPage() {
  const t = useWords(words);
  const c = useWords(common);
  const go = useGo();
  const language = useLanguage();
  const search = useSearch({ strict: false }) as Partial<Record<keyof AwardsFilter, string>>;
  const filter: AwardsFilter = {
    person: Number(search.person) || undefined,
    plan: search.plan || undefined,
    period: search.period || undefined,
    state: states.find((state) => state === search.state),
  };
  const list = useInfiniteQuery(awardsQuery(filter));
  const awards = list.data?.pages.flatMap((page) => page.items ?? []);
  return (
    <>
      <PageHeader
        title={t('list')}
        hint={
          <>
            {filter.plan && (
              <Go href={paths.plan(filter.plan, filter.period)}>{t('list_of_plan', { plan: filter.plan })}</Go>
            )}{' '}
            {filter.period && formatPeriod(filter.period, language)}
          </>
        }
        actions={
          <Segmented
            value={filter.state ?? ''}
            onChange={(state) =>
              go(paths.awards({ ...filter, state: states.find((each) => each === state) }), {
                replace: true,
              })
            }
            options={[
              { value: '', label: t('state_any') },
              ...states.map((state) => ({ value: state as string, label: c(`state_${state}`) })),
            ]}
          />
        }
      />
      <section className="card">
        {awards === undefined &&
          (list.isError ? <ErrorState error={list.error} retry={() => void list.refetch()} /> : <Pending />)}
        {awards?.length === 0 && (
          <EmptyState action={<Button onClick={() => go(paths.plans())}>{t('none_plans')}</Button>}>
            {t('none')}
          </EmptyState>
        )}
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
