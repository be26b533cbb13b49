import { DeleteOutlined, InboxOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Alert, Button, Card, Spin, Upload } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import { useObjects } from '@/api/session';
import { DateText } from '@/components/DateText';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { forgetMapping, listBegun, listMappings, maxFileBytes, suggestMapping, upload } from './api';
import { words } from './words';

const begunKey = [...keys.imports, 'begun'] as const;
export const mappingsKey = [...keys.imports, 'mappings'] as const;

/** The first step of an import: a file. */
export default function UploadPage() {
  const t = useWords(words);
  const go = useGo();
  const client = useQueryClient();
  const { object, people } = useSearch({ strict: false }) as { object?: string; people?: unknown };
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const saved = useQuery({ queryKey: mappingsKey, queryFn: listMappings });

  const take = async (file: File) => {
    if (!/\.(csv|txt|tsv|xlsx)$/i.test(file.name)) return setFault(t('wrong_kind'));
    if (file.size > maxFileBytes) return setFault(t('too_large'));
    setFault('');
    setBusy(true);
    try {
      const sent = await upload(file, object);
      const job = people ? await suggestMapping(sent.id, { object: '', persons: true }) : sent;
      client.setQueryData(keys.importJob(job.id), job);
      go(paths.import(job.id));
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} />
      <Spin spinning={busy} description={t('uploading')}>
        <Upload.Dragger
          accept=".csv,.txt,.tsv,.xlsx"
          multiple={false}
          showUploadList={false}
          disabled={busy}
          beforeUpload={(file) => {
            void take(file);
            return Upload.LIST_IGNORE;
          }}
        >
          <p className="ant-upload-drag-icon">
            <InboxOutlined />
          </p>
          <p className="ant-upload-text">{t('drop')}</p>
          <p className="ant-upload-hint">{t('drop_hint')}</p>
        </Upload.Dragger>
      </Spin>
      {fault && <Alert type="error" title={fault} role="alert" style={{ marginTop: 16 }} />}
      <Begun />
      <Card title={t('saved_mappings')} style={{ marginTop: 24 }}>
        <Loaded query={saved} rows={2}>
          {(list) =>
            list.length === 0 ? (
              <p>{t('no_saved')}</p>
            ) : (
              <ul>
                {list.map(({ name, mapping }) => (
                  <li key={name} style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center' }}>
                    <span>
                      {name}{' '}
                      <small>→ {mapping.persons ? t('people') : mapping.object || mapping.create_object?.key}</small>
                    </span>
                    <Button
                      type="text"
                      icon={<DeleteOutlined />}
                      aria-label={t('forget', { name })}
                      onClick={() =>
                        void forgetMapping(name).then(() => client.invalidateQueries({ queryKey: mappingsKey }))
                      }
                    />
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
    </>
  );
}

/** What the reader began to import and left. */
function Begun() {
  const t = useWords(words);
  const text = useText();
  const objects = useObjects();
  const begun = useQuery({ queryKey: begunKey, queryFn: listBegun, refetchOnMount: 'always' }).data ?? [];
  if (begun.length === 0) return null;
  return (
    <Card title={t('begun')} style={{ marginTop: 24 }}>
      <ul>
        {begun.map((each) => {
          const object = objects.find((one) => one.key === each.object);
          return (
            <li key={each.id}>
              <Go href={paths.import(each.id)}>{each.file}</Go>{' '}
              <small className="quiet">
                {(each.persons || each.object) && (
                  <>→ {each.persons ? t('people') : text(object?.name) || each.object} · </>
                )}
                {t(`status_${each.status}`)} · <DateText value={each.updated_at} show="relative" />
              </small>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
