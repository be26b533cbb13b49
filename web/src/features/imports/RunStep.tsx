import { App, Button, Card } from 'antd';
import { ProgressBar } from '@/components/ProgressBar';
import { useWords } from '@/lib/i18n';
import { cancelJob } from './api';
import { Counts } from './Counts';
import type { ImportJob } from './model';
import { words } from './words';

/** How far the import is: count, rate, time left, and a way to stop. */
export function RunStep({ job, onCancelled }: { job: ImportJob; onCancelled: (job: ImportJob) => void }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const {
    done = 0,
    rate = 0,
    seconds_left = 0,
    created = 0,
    updated = 0,
    unchanged = 0,
    failed = 0,
  } = job.report ?? {};
  const total = job.report?.total || job.rows_total;
  const left =
    seconds_left >= 90 ? t('minutes', { count: Math.ceil(seconds_left / 60) }) : t('seconds', { count: seconds_left });
  const progress = t('progress', { done, total, rate, left });
  return (
    <Card title={t('running')}>
      <ProgressBar
        permille={total > 0 ? Math.floor((done * 1000) / total) : 0}
        label={t('running')}
        valueText={progress}
      />
      <p role="status" style={{ margin: '8px 0 16px' }}>
        {progress}
      </p>
      <Counts
        items={[
          [t('created'), created],
          [t('updated'), updated],
          [t('would_keep'), unchanged],
          [t('failed'), failed, true],
        ]}
      />
      <Button
        onClick={() =>
          void cancelJob(job.id)
            .then(onCancelled)
            .catch((error: Error) => message.error(error.message))
        }
      >
        {t('stop')}
      </Button>
    </Card>
  );
}
