import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { keys } from '@/api/keys';
import { useMe } from '@/api/session';
import type { Amount, ClosingMoving, ClosingPreview } from '@/api/types';
import { AwardList } from '@/components/awards/AwardList';
import '@/components/awards/awards.css';
import { howMuch, kinds } from '@/components/awards/kinds';
import { words as partWords } from '@/components/awards/words';
import { Figure } from '@/components/Figure';
import { Go } from '@/components/Go';
import { TextOf, useText } from '@/components/TextOf';
import { formatAmount, formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { closePeriod } from './api';
import { ClosingTotals } from './ClosingTotals';
import { words } from './words';

/** The period that may be closed: what still moves in it, what becomes final, and the button. */
export function ClosingBefore({ preview, first }: { preview: ClosingPreview; first: boolean }) {
  const t = useWords(words);
  const period = formatPeriod(preview.period.label, useLanguage());
  return (
    <section className="card" aria-label={t('before', { period })}>
      <h2>{t('before', { period })}</h2>
      {first && <p className="quiet">{t('all_closed_with', { day: preview.period.from })}</p>}
      {preview.problem && <Alert type="info" showIcon title={preview.problem.detail} className="closing-note" />}
      <Moving moving={preview.moving} label={preview.period.label} />
      <Cash preview={preview} />
      {preview.earlier && (
        <p className="closing-earlier">
          {t('earlier', {
            count: preview.earlier.awards,
            day: preview.period.from,
            cash: cashOf(preview.earlier.cash),
            all: cashOf(preview.earlier.all),
          })}
        </p>
      )}
      <ClosingTotals preview={preview} />
      {preview.adjustments.length > 0 && (
        <>
          <h3>{t('adjustments')}</h3>
          <AwardList awards={preview.adjustments} who label={t('adjustments')} />
          {preview.more_adjustments && (
            <p className="quiet">{t('adjustments_more', { count: preview.adjustments.length })}</p>
          )}
        </>
      )}
      <CloseButton preview={preview} />
    </section>
  );
}

const cashOf = (amounts: Amount[]) => amounts.map((each) => formatAmount(each)).join(' + ') || '0';

/** How many matters are open, for the question before closing. */
function openMatters(moving: ClosingMoving): number {
  return (
    (moving.behind > 0 ? 1 : 0) + (moving.provisional > 0 ? 1 : 0) + moving.not_judged.length + moving.left_out.length
  );
}

function Moving({ moving, label }: { moving: ClosingMoving; label: string }) {
  const t = useWords(words);
  const text = useText();
  const language = useLanguage();
  if (moving.settled) {
    return (
      <p className="closing-settled">
        <CheckCircleOutlined aria-hidden /> {t('settled')}
      </p>
    );
  }
  return (
    <>
      <h3>{t('moving')}</h3>
      <ul className="closing-moving">
        {moving.behind > 0 && <li>{t('behind', { count: moving.behind })}</li>}
        {moving.provisional > 0 && (
          <li>
            <Go href={paths.awards({ period: label, state: 'provisional' })}>
              {t('provisional', { count: moving.provisional })}
            </Go>
          </li>
        )}
        {moving.not_judged.map((fault) => (
          <li key={`${fault.plan.key}/${fault.period}`}>
            <Go href={paths.plan(fault.plan.key, fault.period)}>
              <TextOf text={fault.plan.name} />
            </Go>{' '}
            {t('not_judged', { period: formatPeriod(fault.period, language) })} · <TextOf text={fault.message} />
          </li>
        ))}
        {moving.left_out.map((left) => (
          <li key={`${left.metric.key}/${left.code}`}>
            <ExclamationCircleOutlined aria-hidden />{' '}
            <Go href={paths.metric(left.metric.key)}>
              <TextOf text={left.metric.name} />
            </Go>{' '}
            {t('left_out', { count: left.count, reason: text(left.reason) })}
          </li>
        ))}
      </ul>
    </>
  );
}

function Cash({ preview }: { preview: ClosingPreview }) {
  const t = useWords(words);
  const parts = useWords(partWords);
  const others = kinds.filter((kind) => preview.others[kind]);
  if (preview.cash.length === 0 && others.length === 0) return null;
  return (
    <dl className="earned closing-cash">
      {preview.cash.map((amount) => (
        <div key={amount.currency}>
          <dt>{t('cash_total')}</dt>
          <dd>
            <Figure amount={amount} size="hero" gold />
          </dd>
        </div>
      ))}
      {others.map((kind) => (
        <div key={kind}>
          <dt>{parts(`kind_${kind}`)}</dt>
          <dd>
            <Figure number={howMuch(kind, preview.others, preview.figures)} size="large" />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Closing takes a confirmation: money follows from it. */
function CloseButton({ preview }: { preview: ClosingPreview }) {
  const t = useWords(words);
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const finance = useMe().account.roles.includes('finance');
  const { kind, label } = preview.period;
  const period = formatPeriod(label, useLanguage());
  const close = useMutation({
    mutationFn: () => closePeriod(kind, label),
    onSuccess: () => {
      void message.success(t('closed_done', { period }));
      void client.invalidateQueries({ queryKey: keys.closings });
    },
    onError: (error) => void message.error(error.message),
  });
  if (!finance || preview.problem) return null;
  const open = openMatters(preview.moving);
  const ask = () =>
    void modal.confirm({
      title: t('close_sure', { period }),
      content: (
        <>
          <p>{t('close_what', { cash: cashOf(preview.earlier?.all ?? preview.cash) })}</p>
          {preview.earlier && (
            <p>
              {t('close_earlier', {
                period,
                own: cashOf(preview.cash),
                count: preview.earlier.awards,
                cash: cashOf(preview.earlier.cash),
              })}
            </p>
          )}
          {open > 0 && <p>{t('close_open', { count: open })}</p>}
        </>
      ),
      okText: t('close', { period }),
      cancelText: t('cancel'),
      onOk: () => close.mutateAsync().catch(() => undefined),
    });
  return (
    <p className="closing-act">
      <Button type="primary" loading={close.isPending} onClick={ask}>
        {t('close', { period })}
      </Button>
    </p>
  );
}
