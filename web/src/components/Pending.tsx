import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '@/lib/i18n';
import { words } from './words';

/** Shorter waits show nothing: a flash of grey is worse than a blink. */
const patienceMs = 150;

/** A skeleton of the content to come, after 150 ms. */
export function Pending({ rows = 6 }: { rows?: number }) {
  const t = useWords(words);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="pending" aria-busy="true" role="status">
      <span className="sr-only">{t('loading')}</span>
      {shown && <Skeleton active paragraph={{ rows }} />}
    </div>
  );
}
