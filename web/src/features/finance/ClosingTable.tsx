import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input, Modal, Tag } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import { useMe } from '@/api/session';
import type { ClosingCalendar, ClosingPeriod } from '@/api/types';
import { inZone } from '@/components/DateText';
import { Go } from '@/components/Go';
import { formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { markPaid, reopenPeriod } from './api';
import { words } from './words';

const tones = { running: 'wait', open: 'wait', reopened: 'loss', closed: 'good', paid: 'gold' } as const;

/** Every period with its state, and who closed, paid and reopened it when and why. */
export function ClosingTable({ calendar, chosen }: { calendar: ClosingCalendar; chosen?: string }) {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <section className="card">
      <h2>{t('calendar')}</h2>
      <table className="plain-table closing-table">
        <thead>
          <tr>
            <th scope="col">{t('col_calendar')}</th>
            <th scope="col">{t('col_state')}</th>
            <th scope="col">{t('col_who')}</th>
            <th scope="col">
              <span className="sr-only">{t('look')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {calendar.periods.map((period) => (
            <tr key={`${period.kind}/${period.label}`} aria-current={period.label === chosen || undefined}>
              <td>{formatPeriod(period.label, language)}</td>
              <td>
                <Tag className={`state-tag state-${tones[period.state]}`}>{t(`state_${period.state}`)}</Tag>
              </td>
              <td className="quiet">
                <Happened period={period} />
              </td>
              <td className="closing-acts">
                <Acts period={period} chosen={chosen} first={calendar.until === undefined} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Happened({ period }: { period: ClosingPeriod }) {
  const t = useWords(words);
  const language = useLanguage();
  const zone = useMe().organisation.time_zone;
  const when = (instant: string) => inZone(instant, zone).format('YYYY-MM-DD HH:mm');
  return (
    <ul>
      {period.disputes > 0 && (
        <li>
          <Go href={paths.statements(period.label)}>{t('disputes_open', { count: period.disputes })}</Go>
        </li>
      )}
      {period.with && <li>{t('closed_with', { period: formatPeriod(period.with, language) })}</li>}
      {period.paid_at && <li>{t('paid_by', { who: period.paid_by ?? '', when: when(period.paid_at) })}</li>}
      {period.closed_at && <li>{t('closed_by', { who: period.closed_by ?? '', when: when(period.closed_at) })}</li>}
      {period.reopened.map((each) => (
        <li key={each.at}>{t('reopened_by', { who: each.by, when: when(each.at), reason: each.reason })}</li>
      ))}
    </ul>
  );
}

function Acts({ period, chosen, first }: { period: ClosingPeriod; chosen?: string; first: boolean }) {
  const t = useWords(words);
  const finance = useMe().account.roles.includes('finance');
  const open = period.state === 'open' || period.state === 'reopened';
  if (open && period.label !== chosen && (first || period.next)) {
    return <Go href={paths.closing(period.kind === 'month' ? undefined : period.kind, period.label)}>{t('look')}</Go>;
  }
  if (!finance || period.state !== 'closed' || period.with) return null;
  return (
    <>
      <PaidButton period={period} />
      {period.may_reopen && <ReopenButton period={period} />}
    </>
  );
}

function PaidButton({ period }: { period: ClosingPeriod }) {
  const t = useWords(words);
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const name = formatPeriod(period.label, useLanguage());
  const paid = useMutation({
    mutationFn: () => markPaid(period.label),
    onSuccess: () => {
      void message.success(t('paid_done', { period: name }));
      void client.invalidateQueries({ queryKey: keys.closings });
    },
    onError: (error) => void message.error(error.message),
  });
  const ask = () =>
    void modal.confirm({
      title: t('paid_sure', { period: name }),
      content: (
        <>
          {period.disputes > 0 && <p>{t('disputes_open', { count: period.disputes })}</p>}
          <p>{t('paid_what')}</p>
        </>
      ),
      okText: t('paid'),
      cancelText: t('cancel'),
      onOk: () => paid.mutateAsync().catch(() => undefined),
    });
  return (
    <Button size="small" loading={paid.isPending} onClick={ask}>
      {t('paid')}
    </Button>
  );
}

function ReopenButton({ period }: { period: ClosingPeriod }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const client = useQueryClient();
  const name = formatPeriod(period.label, useLanguage());
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const reopen = useMutation({
    mutationFn: () => reopenPeriod(period.label, reason),
    onSuccess: () => {
      setOpen(false);
      void message.success(t('reopened_done', { period: name }));
      void client.invalidateQueries({ queryKey: keys.closings });
    },
  });
  return (
    <>
      <Button size="small" danger onClick={() => setOpen(true)}>
        {t('reopen')}
      </Button>
      <Modal
        open={open}
        title={t('reopen_sure', { period: name })}
        okText={t('reopen')}
        cancelText={t('cancel')}
        okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
        confirmLoading={reopen.isPending}
        onOk={() => reopen.mutate()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p>{t('reopen_what')}</p>
        <Input.TextArea
          aria-label={t('reason')}
          placeholder={t('reason')}
          maxLength={600}
          autoSize={{ minRows: 2, maxRows: 6 }}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {reopen.isError && <Alert className="closing-note" type="error" showIcon title={reopen.error.message} />}
      </Modal>
    </>
  );
}
