import { Button } from 'antd';
import type { ReactNode } from 'react';
import { isProblem, Problem } from '@/api/problem';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { Go } from './Go';
import { LaurelMark } from './LaurelMark';
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
      <Face sign="!" title={t('load_failed')} detail={detail}>
        {retry && (
          <Button type="primary" onClick={retry}>
            {t('retry')}
          </Button>
        )}
      </Face>
    </div>
  );
}

export function NotFound({ detail }: { detail?: string }) {
  const t = useWords(words);
  return (
    <Face sign="404" title={t('not_found')} detail={detail || t('not_found_hint')}>
      <Go href={paths.home()}>{t('back_home')}</Go>
    </Face>
  );
}

export function NoPermission({ detail }: { detail?: string }) {
  const t = useWords(words);
  return (
    <Face sign="403" title={t('no_permission')} detail={detail || t('no_permission_hint')}>
      <Go href={paths.home()}>{t('back_home')}</Go>
    </Face>
  );
}

interface FaceProps {
  /** What the branches stand around: a status, or a mark. */
  sign: string;
  title: string;
  detail: string;
  children: ReactNode;
}

function Face({ sign, title, detail, children }: FaceProps) {
  return (
    <div className="error-face">
      <div className="error-mark">
        <LaurelMark size={132} muted />
        <span aria-hidden="true">{sign}</span>
      </div>
      <h2>{title}</h2>
      {detail && <p className="quiet">{detail}</p>}
      {children}
    </div>
  );
}
