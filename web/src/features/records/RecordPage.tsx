import { DeleteOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Alert, App, Button, Card } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import { useMay } from '@/api/session';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { Pending } from '@/components/Pending';
import { useText } from '@/components/TextOf';
import type { ObjectInfo, Wire } from '@/features/objects/model';
import { useObjectInfos } from '@/features/objects/queries';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { deleteRow, getRow, patchRow, type Row, restoreRow } from './api';
import { ClashFields } from './ClashFields';
import { useCellContext } from './cellContext';
import { isVersionClash } from './grid/saving';
import { RecordAwards } from './RecordAwards';
import { RecordForm } from './RecordForm';
import { titleOf } from './references';
import { TimeLine } from './TimeLine';
import { useNeighbours } from './trail';
import { words } from './words';
import './grid/grid.css';

/** One record: key facts left, what happened and what it led to right. */
export default function RecordPage() {
  const t = useWords(words);
  const params = useParams({ strict: false }) as { object?: string; id?: string };
  const id = Number(params.id);
  const { objects, waiting, error, retry } = useObjectInfos();
  const object = objects.find((o) => o.key === params.object);
  const query = useQuery({
    queryKey: keys.record(params.object ?? '', id),
    queryFn: () => getRow(params.object ?? '', id),
    enabled: Number.isSafeInteger(id) && Boolean(object),
  });
  if (error) return <ErrorState error={error} retry={retry} />;
  if (waiting) return <Pending />;
  if (!object || !Number.isSafeInteger(id)) return <EmptyState>{t('no_object')}</EmptyState>;
  return <Loaded query={query}>{(row) => <Content key={row.id} object={object} row={row} />}</Loaded>;
}

/** Values of a save that met a newer version. */
interface Met {
  changed: Record<string, Wire>;
  now: Row;
  done: (values: Record<string, Wire> | null) => void;
}

function Content({ object, row }: { object: ObjectInfo; row: Row }) {
  const t = useWords(words);
  const text = useText();
  const client = useQueryClient();
  const { message } = App.useApp();
  const context = useCellContext(row.labels);
  const mayWrite = useMay(['designer', 'manager', 'employee']);
  const [met, setMet] = useState<Met | null>(null);
  const key = keys.record(object.key, row.id);
  const neighbours = useNeighbours(object.key, row.id);

  const took = (next: Row) => {
    client.setQueryData<Row>(key, (was) => ({ ...next, labels: { ...was?.labels, ...next.labels } }));
    void client.invalidateQueries({ queryKey: key });
  };
  const send = async (changed: Record<string, Wire>, version: number): Promise<void> => {
    try {
      took(await patchRow(object.key, row.id, version, changed));
      message.success(t('saved'));
    } catch (error) {
      if (!isVersionClash(error)) throw error;
      const now = await getRow(object.key, row.id);
      const chosen = await new Promise<Record<string, Wire> | null>((done) => setMet({ changed, now, done }));
      setMet(null);
      took(now);
      if (chosen && Object.keys(chosen).length > 0) await send(chosen, now.version);
    }
  };
  const guarded = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      message.error(error instanceof Error ? error.message : String(error));
    }
  };
  const restore = () =>
    guarded(async () => {
      took(await restoreRow(object.key, row.id));
      message.success(t('restored'));
    });

  return (
    <>
      <PageHeader
        title={titleOf(object, row)}
        back={[text(object.name) || object.key, paths.records(object.key)]}
        hint={row.external_id ? `${t('external_id')} ${row.external_id}` : undefined}
        actions={
          <>
            {neighbours && (
              <>
                <Step object={object.key} to={neighbours.previous} side="previous" />
                <Step object={object.key} to={neighbours.next} side="next" />
              </>
            )}
            {!row.deleted && mayWrite && (
              <Button
                icon={<DeleteOutlined />}
                onClick={() =>
                  void guarded(async () => {
                    await deleteRow(object.key, row.id);
                    took(await getRow(object.key, row.id).catch(() => ({ ...row, deleted: true })));
                  })
                }
              >
                {t('delete')}
              </Button>
            )}
          </>
        }
      />
      {row.deleted && (
        <Alert
          type="warning"
          title={t('is_deleted')}
          action={
            <Button size="small" onClick={() => void restore()}>
              {t('restore')}
            </Button>
          }
          style={{ marginBottom: 16 }}
        />
      )}
      <div className="record-page">
        <Card title={t('facts')}>
          <Related object={object} row={row} />
          <RecordForm
            object={object}
            values={row.values}
            labels={row.labels}
            readOnly={row.deleted || !mayWrite}
            draft={`laurel.edit.${object.key}.${row.id}`}
            onSave={(changed) => send(changed, row.version)}
          />
        </Card>
        <div style={{ display: 'flex', flexDirection: 'column', gap: 16 }}>
          <RecordAwards object={object.key} id={row.id} />
          <TimeLine object={object} id={row.id} version={row.version} labels={row.labels} />
        </div>
      </div>
      {met && <ClashFields object={object} changed={met.changed} now={met.now} context={context} onDone={met.done} />}
    </>
  );
}

/** Links to the records and persons that this one points at. */
function Related({ object, row }: { object: ObjectInfo; row: Row }) {
  const t = useWords(words);
  const text = useText();
  const links = object.fields.filter(
    (f) => (f.type === 'relation' || f.type === 'person') && typeof row.values[f.key] === 'number',
  );
  if (links.length === 0) return null;
  return (
    <nav
      aria-label={t('related_open')}
      style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 16px', marginBottom: 16 }}
    >
      {links.map((f) => {
        const id = row.values[f.key] as number;
        const name = row.labels?.[f.key]?.[String(id)] ?? `#${id}`;
        return (
          <span key={f.key}>
            <small>{text(f.name)} </small>
            <Go href={f.type === 'person' ? paths.person(id) : paths.record(f.target, id)}>{name}</Go>
          </span>
        );
      })}
    </nav>
  );
}

function Step({ object, to, side }: { object: string; to: number | undefined; side: 'previous' | 'next' }) {
  const t = useWords(words);
  const go = useGo();
  const next = side === 'next';
  return (
    <Button
      icon={next ? <RightOutlined /> : <LeftOutlined />}
      iconPlacement={next ? 'end' : 'start'}
      disabled={to === undefined}
      onClick={() => to !== undefined && go(paths.record(object, to))}
    >
      {t(side)}
    </Button>
  );
}
