import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { feedQuery } from '@/api/awards';
import { AwardList } from '@/components/awards/AwardList';
import '@/components/awards/awards.css';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { useGo } from '@/components/Go';
import { PageHeader } from '@/components/PageHeader';
import { Pending } from '@/components/Pending';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { words } from './words';

/** 动态: fresh awards of everybody that the reader may see; new ones slide in. */
export default function FeedPage() {
  const t = useWords(words);
  const go = useGo();
  const feed = useInfiniteQuery(feedQuery);
  const awards = feed.data?.pages.flatMap((page) => page.items ?? []);
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} />
      <section className="card">
        {awards === undefined &&
          (feed.isError ? <ErrorState error={feed.error} retry={() => void feed.refetch()} /> : <Pending />)}
        {awards && awards.length === 0 && (
          <EmptyState
            example={t('none_example')}
            action={
              <Button type="primary" onClick={() => go(paths.plans())}>
                {t('plans')}
              </Button>
            }
          >
            {t('none')}
          </EmptyState>
        )}
        {awards && awards.length > 0 && <AwardList awards={awards} who label={t('title')} />}
        {feed.hasNextPage && (
          <p className="card-more">
            <Button loading={feed.isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>
              {t('more')}
            </Button>
          </p>
        )}
      </section>
    </>
  );
}
