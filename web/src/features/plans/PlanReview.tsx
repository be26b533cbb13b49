import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import type { PlanDef, PlanDetail } from '@/api/types';
import { StateTag } from '@/components/StateTag';
import { TextOf } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { previewQuery, publishPlan, sendBackPlan, submitPlan } from './api';
import { opened, toSend } from './editor/draft';
import { PublishDialog } from './editor/PublishDialog';
import { useHistoryRange } from './editor/useHistoryRange';
import { NoteDialog } from './NoteDialog';
import { ReviewNote } from './ReviewNote';
import { judgedFrom, type Waiting, waitingOf } from './review';
import { words } from './words_review';

type Act = 'submit' | 'send_back' | 'publish';

/** The version that is not published yet: where it stands, what was said about it, and what may be done now. */
export function PlanReview({ plan }: { plan: PlanDetail }) {
  const waiting = waitingOf(plan);
  return waiting ? <Content plan={plan} waiting={waiting} /> : null;
}

function Content({ plan, waiting }: { plan: PlanDetail; waiting: Waiting }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const client = useQueryClient();
  const [asking, setAsking] = useState<Act>();
  const { version, inReview, barred } = waiting;
  const stop = () => setAsking(undefined);
  const done = (word: 'submit_done' | 'send_back_done') => {
    void message.success(t(word));
    return client.invalidateQueries({ queryKey: keys.plans });
  };
  return (
    <section className="card plan-review" aria-label={t('version', { no: version.no })}>
      <div className="card-head">
        <h2>
          {t('version', { no: version.no })} <StateTag state={version.status} />
        </h2>
        <div className="page-actions">
          {inReview ? (
            <Button onClick={() => setAsking('send_back')}>{t('send_back')}</Button>
          ) : (
            <Button type={barred ? 'primary' : 'default'} onClick={() => setAsking('submit')}>
              {t('submit')}
            </Button>
          )}
          {!barred && (
            <Button type="primary" onClick={() => setAsking('publish')}>
              {t('publish')}
            </Button>
          )}
        </div>
      </div>
      {judgedFrom(plan) !== undefined && (
        <p>
          <TextOf text={version.sentence} />
        </p>
      )}
      {version.published_by && <p className="quiet">{t('written', { who: version.published_by })}</p>}
      {version.review && <ReviewNote review={version.review} />}
      {barred && (
        <p className="quiet review-note">
          <TextOf text={barred} />
        </p>
      )}
      <NoteDialog
        open={asking === 'submit'}
        title={t('submit')}
        label={t('submit_note')}
        ok={t('submit')}
        onClose={stop}
        act={(note) => submitPlan(plan.key, note).then(() => done('submit_done'))}
      />
      <NoteDialog
        open={asking === 'send_back'}
        title={t('send_back_title')}
        label={t('send_back_reason')}
        ok={t('send_back')}
        required
        onClose={stop}
        act={(reason) => sendBackPlan(plan.key, reason).then(() => done('send_back_done'))}
      />
      {asking === 'publish' && <Publishing plan={plan} waiting={waiting} onClose={stop} />}
    </section>
  );
}

/** Publishes the version just as it was looked at, with what it would have paid on history. */
function Publishing({ plan, waiting, onClose }: { plan: PlanDetail; waiting: Waiting; onClose: () => void }) {
  const t = useWords(words);
  const { message } = App.useApp();
  const client = useQueryClient();
  const { version, inReview } = waiting;
  const def = opened(version.definition);
  const [from, to] = useHistoryRange(def);
  const preview = useQuery(previewQuery(toSend(def, []), from, to));
  const publish = async (day: string, begins: PlanDef['begins'], confirmed?: string) => {
    await publishPlan(plan.key, day, begins, confirmed, inReview ? version.review?.at : undefined);
    await client.invalidateQueries();
    void message.success(t('published'));
    onClose();
  };
  return (
    <PublishDialog
      def={def}
      judgedFrom={judgedFrom(plan)}
      preview={preview.data}
      open
      onClose={onClose}
      publish={publish}
    />
  );
}
