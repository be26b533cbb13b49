import { useMutation } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Modal } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useMe } from '@/api/session';
import type { PlanDef, Preview } from '@/api/types';
import { useToday } from '@/components/DateText';
import { TextOf } from '@/components/TextOf';
import { formatAmountShort } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { firstDay } from './draft';
import { words } from './words';

interface Props {
  def: PlanDef;
  preview: Preview | undefined;
  open: boolean;
  onClose: () => void;
  /** Saves the draft and puts it in force. */
  publish: (from: string) => Promise<void>;
}

/** The one question before money is promised: from which day, and what it would have cost. */
export function PublishDialog({ def, preview, open, onClose, publish }: Props) {
  const t = useWords(words);
  const today = useToday();
  const month = useMe().organisation.fiscal_start_month;
  const now = firstDay(def, today, month);
  const history = preview?.periods[0]?.from;
  const [chosen, setFrom] = useState<string>();
  const from = chosen ?? (def.effective_from || now);
  const run = useMutation({ mutationFn: () => publish(from) });
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('publish_title')}
      okText={t('publish')}
      onOk={() => run.mutate()}
      confirmLoading={run.isPending}
      destroyOnHidden
    >
      {preview && (
        <>
          <p className="plan-sentence publish-sentence">
            <TextOf text={preview.sentence} />
          </p>
          <p className="quiet">
            {t('publish_cost', { winners: preview.winners, cost: formatAmountShort(preview.total_cost) })}
          </p>
        </>
      )}
      <p className="publish-from">{t('publish_from')}</p>
      <DatePicker
        aria-label={t('publish_from')}
        allowClear={false}
        value={dayjs(from)}
        onChange={(day) => day && setFrom(day.format('YYYY-MM-DD'))}
      />
      <p className="publish-choices">
        <Button size="small" onClick={() => setFrom(now)}>
          {t('publish_now', { day: now })}
        </Button>
        {history && history < now && (
          <Button size="small" onClick={() => setFrom(history)}>
            {t('publish_history', { day: history })}
          </Button>
        )}
      </p>
      {run.isError && <Alert className="publish-from" type="error" showIcon title={run.error.message} />}
    </Modal>
  );
}
