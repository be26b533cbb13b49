import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useMe } from '@/api/session';
import type { PlanDef, Preview } from '@/api/types';
import { useToday } from '@/components/DateText';
import { DayPicker } from '@/components/DayPicker';
import { TextOf } from '@/components/TextOf';
import { formatAmountShort, isZero } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { changesQuery } from '../api';
import { firstDay, nextDay, proposedDay, runningOn } from './draft';
import { GivenList } from './PreviewTables';
import { PublishChanges } from './PublishChanges';
import { givesThings } from './spread';
import { words } from './words';

interface Props {
  def: PlanDef;
  /** From when on the newest published version judges; nothing was judged yet without one. */
  judgedFrom: string | undefined;
  preview: Preview | undefined;
  open: boolean;
  onClose: () => void;
  /** Saves the draft and puts it in force. */
  publish: (from: string, begins: PlanDef['begins'], confirmed?: string) => Promise<void>;
}

/** Shapes of which a running period can be split between two versions. */
const divisible = new Set(['every', 'reach', 'rate']);

/** The one question before money is promised: from which day, and what it would have cost. */
export function PublishDialog({ def, judgedFrom, preview, open, onClose, publish }: Props) {
  const t = useWords(words);
  const today = useToday();
  const month = useMe().organisation.fiscal_start_month;
  const now = firstDay(def, today, month);
  const history = preview?.periods[0]?.from;
  const [chosen, setFrom] = useState<string>();
  const next = nextDay(def, today, month);
  const from = chosen ?? proposedDay(def, judgedFrom, today, month);
  // A version that reaches back is a deliberate act: what it changes is seen first, and the list that was seen is confirmed.
  const reachesBack = judgedFrom !== undefined && (from < today || from <= judgedFrom);
  const running = runningOn(def, from, month);
  const [begun, setBegins] = useState<PlanDef['begins']>('next_period');
  const splits = divisible.has(def.shape); // what else is in the way the server says
  const begins = running && splits ? begun : 'next_period';
  const meant = { ...def, begins: begins === 'at_once' ? begins : undefined };
  const changes = useQuery({ ...changesQuery(def.key, meant, from), enabled: open && reachesBack });
  // Data of earlier days may well give the same under both.
  const changesPast = reachesBack && (changes.data?.count ?? 0) > 0;
  const run = useMutation({
    mutationFn: () => publish(from, begins, reachesBack ? changes.data?.token : undefined),
    onError: () => void (reachesBack && changes.refetch()),
  });
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('publish_title')}
      okText={changesPast ? t('publish_back') : t('publish')}
      okButtonProps={{ danger: changesPast, disabled: reachesBack && (!changes.data || changes.isFetching) }}
      width={reachesBack ? 760 : undefined}
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
            {t('publish_cost', { count: preview.winners })}
            {givesThings(preview) && (
              <>
                {t('publish_given')}
                <GivenList given={preview.given} />
              </>
            )}
            {!isZero(preview.total_cost.amount) && t('publish_spent', { cost: formatAmountShort(preview.total_cost) })}
          </p>
        </>
      )}
      <p className="publish-from">{t('publish_from')}</p>
      <DayPicker
        aria-label={t('publish_from')}
        allowClear={false}
        value={from}
        onChange={(day) => day && setFrom(day)}
      />
      <p className="publish-choices">
        {next && (
          <Button size="small" onClick={() => setFrom(next)}>
            {t('publish_next', { day: next })}
          </Button>
        )}
        <Button size="small" onClick={() => setFrom(now)}>
          {t('publish_now', { day: now })}
        </Button>
        {history && history < now && (
          <Button size="small" onClick={() => setFrom(history)}>
            {t('publish_history', { day: history })}
          </Button>
        )}
      </p>
      {running ? (
        <Radio.Group
          className="publish-begins"
          aria-label={t('publish_begins')}
          value={begins}
          onChange={(event) => {
            setBegins(event.target.value);
            run.reset();
          }}
        >
          <Radio value="next_period">
            {judgedFrom === undefined
              ? t('begins_next_first', { day: running.next ?? '' })
              : t('begins_next', { day: running.next ?? '' })}
            <span className="quiet">{t('begins_next_hint')}</span>
          </Radio>
          <Radio value="at_once" disabled={!splits}>
            {t('begins_at_once', { day: from })}
            <span className="quiet">
              {judgedFrom === undefined ? t('begins_first_hint') : t('begins_at_once_hint')}
            </span>
          </Radio>
        </Radio.Group>
      ) : (
        <p className="quiet publish-from">{t('begins_whole', { day: from })}</p>
      )}
      {reachesBack && <PublishChanges query={changes} />}
      {run.isError && <Alert className="publish-from" type="error" showIcon title={run.error.message} />}
    </Modal>
  );
}
