import { Button, Result } from 'antd';
import { isProblem, Problem } from '@/api/problem';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { Go } from './Go';
import { words } from './words';

/** What went wrong and what to do, for a page or a part of it. 403 and 404 have their own faces. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useWords(words);
  if (isProblem(error, 403)) return <NoPermission detail={error.message} />;
  if (isProblem(error, 404)) return <NotFound detail={error.message} />;
  const detail = isProblem(error, 0)
    ? t('unreachable')
    : error instanceof Problem || error instanceof Error
      ? error.message
      : '';
  return (
    <div role="alert">
      <Result
        status="warning"
        title={t('load_failed')}
        subTitle={detail}
        extra={
          retry && (
            <Button type="primary" onClick={retry}>
              {t('retry')}
            </Button>
          )
        }
      />
    </div>
  );
}

export function NotFound({ detail }: { detail?: string }) {
  const t = useWords(words);
  return (
    <Result
      status="404"
      title={t('not_found')}
      subTitle={detail || t('not_found_hint')}
      extra={<Go href={paths.home()}>{t('back_home')}</Go>}
    />
  );
}

export function NoPermission({ detail }: { detail?: string }) {
  const t = useWords(words);
  return (
    <Result
      status="403"
      title={t('no_permission')}
      subTitle={detail || t('no_permission_hint')}
      extra={<Go href={paths.home()}>{t('back_home')}</Go>}
    />
  );
}
