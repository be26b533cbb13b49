import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { feedQuery, myRewardsQuery } from '@/api/awards';
import { useMay, useMe } from '@/api/session';
import { AwardList } from '@/components/awards/AwardList';
import '@/components/awards/awards.css';
import { EarnedSummary } from '@/components/awards/EarnedSummary';
import { NextList } from '@/components/awards/NextList';
import { StatementNote } from '@/components/awards/StatementNote';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Go } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { Pending } from '@/components/Pending';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { FirstSteps } from './FirstSteps';
import './home.css';
import { Team } from './Team';
import { words } from './words';

/** How much of each list the home page shows. */
const nextShown = 4;
const feedShown = 8;

export default function HomePage() {
  const t = useWords(words);
  const me = useMe();
  const sets = useMay(['designer']);
  const manages = useMay(['manager']) && me.person !== undefined;
  return (
    <>
      <PageHeader title={t('hello', { name: me.person?.name ?? me.account.login })} />
      {sets && <FirstSteps />}
      {me.person && <Mine person={me.person.id} />}
      {manages && <Team />}
      <Feed />
    </>
  );
}

function Mine({ person }: { person: number }) {
  const t = useWords(words);
  const query = useQuery(myRewardsQuery());
  return (
    <section className="card" aria-label={t('all_mine')}>
      <Loaded query={query} rows={4}>
        {(rewards) => (
          <>
            <StatementNote rewards={rewards} />
            <EarnedSummary rewards={rewards} person={person} />
            {(rewards.progress ?? []).length > 0 && (
              <>
                <h2 className="section-title home-next">{t('next')}</h2>
                <NextList progress={rewards.progress.slice(0, nextShown)} />
              </>
            )}
            <p className="card-more">
              <Go href={paths.myRewards()}>{t('all_mine')} →</Go>
            </p>
          </>
        )}
      </Loaded>
    </section>
  );
}

function Feed() {
  const t = useWords(words);
  const feed = useInfiniteQuery(feedQuery);
  const awards = feed.data?.pages[0]?.items ?? [];
  return (
    <section className="card">
      <h2>{t('feed')}</h2>
      {feed.isPending && <Pending />}
      {feed.isError && !feed.data && <ErrorState error={feed.error} retry={() => void feed.refetch()} />}
      {feed.data && awards.length === 0 && <EmptyState>{t('feed_none')}</EmptyState>}
      {awards.length > 0 && (
        <>
          <AwardList awards={awards.slice(0, feedShown)} who label={t('feed')} />
          <p className="card-more">
            <Go href={paths.feed()}>{t('all_feed')} →</Go>
          </p>
        </>
      )}
    </section>
  );
}
