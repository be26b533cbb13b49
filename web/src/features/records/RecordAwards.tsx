import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { keys } from '@/api/keys';
import { AwardWorth } from '@/components/awards/AwardLine';
import { OriginTag } from '@/components/awards/OriginTag';
import { ErrorState } from '@/components/ErrorState';
import { Go } from '@/components/Go';
import { Pending } from '@/components/Pending';
import { StateTag } from '@/components/StateTag';
import { TextOf } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { awardsOf } from './api';
import { words } from './words';

/** Awards that rest on a record, each a link to its reasons. */
export function RecordAwards({ object, id }: { object: string; id: number }) {
  const t = useWords(words);
  const query = useInfiniteQuery({
    queryKey: [...keys.awards, 'record', object, id],
    queryFn: ({ pageParam }) => awardsOf(object, id, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  });
  const awards = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t('awards')}>
      {query.isError && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Pending rows={2} />}
      {query.data && awards.length === 0 && !query.hasNextPage && <p>{t('no_awards')}</p>}
      <ul className="time-line-change">
        {awards.map((award) => (
          <li key={award.id} style={{ display: 'flex', gap: 8, alignItems: 'baseline', flexWrap: 'wrap' }}>
            <Go href={paths.award(award.id)}>
              <TextOf text={award.plan.name} />
            </Go>
            <span>{award.subject.name}</span>
            <AwardWorth award={award} href={paths.award(award.id)} />
            <StateTag state={award.state} /> <OriginTag award={award} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage} style={{ marginTop: 8 }}>
          {t('more')}
        </Button>
      )}
    </Card>
  );
}
