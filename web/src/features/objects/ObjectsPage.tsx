import { PlusOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Go, useGo } from '@/components/Go';
import { PageHeader } from '@/components/PageHeader';
import { Pending } from '@/components/Pending';
import { useText } from '@/components/TextOf';
import { formatNumber } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { useObjectInfos } from './queries';
import { words } from './words';

/** Address of a new object: no object has this key. */
export const newObject = '+';

export default function ObjectsPage() {
  const t = useWords(words);
  const text = useText();
  const go = useGo();
  const { objects, waiting, error, retry } = useObjectInfos();
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => go(`${paths.objectSettings()}/${newObject}`)}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} actions={add} />
      {error ? (
        <ErrorState error={error} retry={retry} />
      ) : waiting ? (
        <Pending />
      ) : objects.length === 0 ? (
        <EmptyState action={add}>{t('empty')}</EmptyState>
      ) : (
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))', gap: 16 }}>
          {objects.map((o) => (
            <Card
              key={o.key}
              title={text(o.name) || o.key}
              extra={<Go href={`${paths.objectSettings()}/${o.key}`}>{t('edit')}</Go>}
            >
              <p>
                <code>{o.key}</code> · {t('fields_n', { count: o.fields.length })}
              </p>
              <Go href={paths.records(o.key)}>
                {o.count >= 0 ? t('records_n', { count: o.count, n: formatNumber(String(o.count)) }) : t('open')}
              </Go>
            </Card>
          ))}
        </div>
      )}
    </>
  );
}
