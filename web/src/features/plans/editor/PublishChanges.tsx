import type { UseQueryResult } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { PastChanges } from '@/api/types';
import { Loaded } from '@/components/Loaded';
import { PastChangesList } from '@/components/past/PastChangesList';
import { useWords } from '@/lib/i18n';
import { words } from './words';

/** What a version from a past day on changes, person by person. */
export function PublishChanges({ query }: { query: UseQueryResult<PastChanges> }) {
  const t = useWords(words);
  if (query.isError) return <Alert className="publish-from" type="error" showIcon title={query.error.message} />;
  return (
    <section className="publish-changes" aria-label={t('changes_title')}>
      <h3>{t('changes_title')}</h3>
      <Loaded query={query}>{(changes) => <PastChangesList changes={changes} />}</Loaded>
    </section>
  );
}
