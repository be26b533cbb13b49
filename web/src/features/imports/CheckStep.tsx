import { CheckCircleOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Tag } from 'antd';
import { useState } from 'react';
import { useText } from '@/components/TextOf';
import type { ObjectInfo } from '@/features/objects/model';
import { useWords } from '@/lib/i18n';
import { badRows } from './api';
import { Corrections } from './Corrections';
import { Counts, made } from './Counts';
import { applyMend, type MendAction, mendsOf } from './mends';
import { correct, type ImportJob, type Mapping, type Mend, type Report } from './model';
import { words } from './words';

interface Props {
  job: ImportJob;
  report: Report;
  mapping: Mapping;
  target: ObjectInfo | undefined;
  busy: boolean;
  /** Tries the mended mapping at once. */
  onMend: (mapping: Mapping) => void;
  onBack: () => void;
  onRun: () => void;
}

/** Values shown of a group of problems. */
const valuesShown = 5;

/** The first values, or all of them where as good as all are shown anyway; with how many are left. */
function shownOf(values: readonly string[]): [readonly string[], number] {
  const shown = values.length <= 2 * valuesShown ? values : values.slice(0, valuesShown);
  return [shown, values.length - shown.length];
}
/** The server lists no more groups than this. */
const groupsListed = 50;

/** What the import would do, and a way on from everything that stands in its way. */
export function CheckStep({ job, report, mapping, target, busy, onMend, onBack, onRun }: Props) {
  const t = useWords(words);
  const text = useText();
  const [correcting, setCorrecting] = useState<Mend | null>(null);
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const groups = report.mends;
  const loads = report.created + report.updated + report.unchanged;

  const mend = (group: Mend, action: MendAction) => {
    if (action === 'correct') setCorrecting(group);
    else if (action === 'skip') setSkipped(new Set([...skipped, keyOf(group)]));
    else if (action === 'remap') onBack();
    else onMend(applyMend(mapping, group, action));
  };

  return (
    <>
      <Counts
        items={[
          [t('would_create'), report.created],
          [t('would_update'), report.updated],
          [t('would_keep'), report.unchanged],
          [t('would_fail'), report.failed, true],
          ...made(report, t),
        ]}
      />
      {groups.length === 0 ? (
        <Alert type="success" icon={<CheckCircleOutlined />} showIcon title={t('all_good')} />
      ) : (
        <Card title={t('problems')}>
          <ul style={{ display: 'grid', gap: 16 }}>
            {groups.map((group) => (
              <li key={keyOf(group)}>
                <strong>{group.column}</strong> · {text(group.reason)}{' '}
                <Tag>{t('problem_lines', { count: group.count })}</Tag>
                {group.values.length > 0 && (
                  <div>
                    {shownOf(group.values)[0].map((v) => (
                      <code key={v} style={{ marginRight: 8 }}>
                        {v}
                      </code>
                    ))}
                    {group.more
                      ? t('and_more')
                      : shownOf(group.values)[1] > 0 && t('and_others', { count: shownOf(group.values)[1] })}
                  </div>
                )}
                <div>{text(group.suggestion)}</div>
                <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 6 }}>
                  {skipped.has(keyOf(group)) ? (
                    <Tag>{t('will_skip')}</Tag>
                  ) : (
                    mendsOf(group, mapping, target).map((action) => (
                      <Button key={action} size="small" disabled={busy} onClick={() => mend(group, action)}>
                        {t(`mend_${action}`)}
                      </Button>
                    ))
                  )}
                </div>
              </li>
            ))}
          </ul>
          {report.failed > 0 && (
            <p style={{ marginTop: 16 }}>
              {groups.length >= groupsListed && t('first_groups', { count: groupsListed })} {t('all_rows_counted')}{' '}
              <a href={badRows(job.id)}>{t('download_bad')}</a>
            </p>
          )}
        </Card>
      )}
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12, marginTop: 16 }}>
        <Button onClick={onBack} disabled={busy}>
          {t('back_to_map')}
        </Button>
        <Button type="primary" loading={busy} disabled={loads === 0} onClick={onRun}>
          {t('run', { count: loads })}
        </Button>
      </div>
      {correcting && (
        <Corrections
          column={correcting.column}
          values={correcting.values}
          suggestions={correcting.corrections ?? {}}
          corrections={mapping.columns.find((c) => c.column === correcting.column)?.corrections ?? {}}
          onClose={() => setCorrecting(null)}
          onSave={(pairs) => {
            setCorrecting(null);
            onMend(correct(mapping, correcting.column, pairs));
          }}
        />
      )}
    </>
  );
}

function keyOf(group: Mend): string {
  return `${group.column} ${group.code}`;
}
