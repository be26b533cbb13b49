import { Alert, Button, Table } from 'antd';
import { useEffect } from 'react';
import { useGo } from '@/components/Go';
import { useText } from '@/components/TextOf';
import { useRefreshObjects } from '@/features/objects/queries';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { badRows } from './api';
import { Counts, made } from './Counts';
import type { ImportJob } from './model';
import { words } from './words';

/** What the import did, and where to go from here. */
export function ReportStep({ job, busy, onAgain }: { job: ImportJob; busy: boolean; onAgain: () => void }) {
  const t = useWords(words);
  const text = useText();
  const go = useGo();
  const refresh = useRefreshObjects();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the import has ended: it may have made an object
  useEffect(refresh, []);
  const { created = 0, updated = 0, unchanged = 0, failed = 0, problems = [], mends = [] } = job.report ?? {};
  const found = mends.reduce((sum, each) => sum + each.count, 0);
  const object = job.mapping.object || job.mapping.create_object?.key || '';
  const title = { done: t('done'), cancelled: t('cancelled') }[job.status as 'done' | 'cancelled'] ?? t('run_failed');
  return (
    <>
      <Alert type={job.status === 'done' ? 'success' : 'warning'} showIcon title={title} style={{ marginBottom: 16 }} />
      <Counts
        items={[
          [t('created'), created],
          [t('updated'), updated],
          [t('would_keep'), unchanged],
          [t('failed'), failed, true],
          ...(job.report ? made(job.report, t) : []),
        ]}
      />
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, marginBottom: 16 }}>
        {job.mapping.persons ? (
          <Button type="primary" onClick={() => go(paths.people())}>
            {t('open_people')}
          </Button>
        ) : (
          <Button type="primary" onClick={() => go(paths.records(object))} disabled={!object}>
            {t('open_object')}
          </Button>
        )}
        {job.status !== 'done' && (
          <Button loading={busy} onClick={onAgain}>
            {t('run_again')}
          </Button>
        )}
        <Button onClick={() => go(paths.imports())}>{t('another')}</Button>
        {failed > 0 && <Button href={badRows(job.id)}>{t('download_bad')}</Button>}
      </div>
      {found > problems.length && <p>{t('first_problems', { shown: problems.length, count: found })}</p>}
      {problems.length > 0 && (
        <Table
          size="small"
          rowKey={(p) => `${p.line}/${p.column}/${p.code}`}
          dataSource={problems}
          scroll={{ x: 560 }}
          columns={[
            { title: t('bad_line'), dataIndex: 'line', width: 80 },
            { title: t('column'), dataIndex: 'column', width: 160 },
            { title: t('bad_value'), dataIndex: 'value', width: 180, render: (v: string) => v || t('empty_value') },
            { title: t('bad_reason'), render: (_, p) => text(p.reason) },
          ]}
        />
      )}
    </>
  );
}
