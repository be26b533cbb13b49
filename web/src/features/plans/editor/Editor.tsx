import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { keys } from '@/api/keys';
import { plansQuery } from '@/api/plans';
import { isProblem } from '@/api/problem';
import { useMe } from '@/api/session';
import type { PlanDef, PlanDetail } from '@/api/types';
import { useGo } from '@/components/Go';
import { PageHeader } from '@/components/PageHeader';
import { TextInput } from '@/components/TextInput';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { useLater } from '@/lib/useLater';
import { createPlan, deleteDraft, previewQuery, publishPlan, saveDraft, submitPlan } from '../api';
import { NoteDialog } from '../NoteDialog';
import '../plans.css';
import { ReviewNote } from '../ReviewNote';
import { judgedFrom, offersOf, waitingOf } from '../review';
import { words as reviewWords } from '../words_review';
import { FaultsContext } from './blanks';
import { faultsOf, missingBlanks, missingOfRule, type Range, toSend, withAnyName } from './draft';
import './editor.css';
import { LivePreview } from './LivePreview';
import { PublishDialog } from './PublishDialog';
import { Sentence } from './Sentence';
import { keep, placeOf, recall } from './unsaved';
import { useHistoryRange } from './useHistoryRange';
import { words } from './words';

/** Typing pauses this long before history is asked. */
const pauseMs = 250;

interface Props {
  start: PlanDef;
  /** The plan on record; none while it is new. */
  plan?: PlanDetail;
}

/** Left the sentence with blanks, right what it would have paid. */
export function Editor({ start, plan }: Props) {
  const t = useWords(words);
  const said = useWords(reviewWords);
  const go = useGo();
  const client = useQueryClient();
  const { message } = App.useApp();
  const taken = (useQuery(plansQuery).data ?? []).map((each) => each.key);
  const me = useMe();
  const place = placeOf(me.account.id, plan?.key);
  // The plan as it is on record, or as a new one begins; what differs from it is kept in this browser.
  const [onRecord, setOnRecord] = useState(start);
  const [left, setLeft] = useState(() => recall(place, start));
  const [def, setDef] = useState(left?.fits ? left.def : start);
  useEffect(() => {
    // Changes that do not fit stay until somebody has said what becomes of them.
    if (!left || left.fits) keep(place, def, onRecord);
  }, [place, def, onRecord, left]);
  const [chosen, setChosen] = useState<Range | null>(null);
  const [asking, setAsking] = useState<'submit' | 'publish'>();
  const waiting = plan && waitingOf(plan);
  // What the draft on record says, and the submission of it, as they were opened or last saved here.
  const [kept, setKept] = useState(waiting && { def: start, at: waiting.version.review?.at });
  const untouched = kept?.def === def;
  const offers = offersOf(plan, untouched, me.organisation.four_eyes);
  const suggested = useHistoryRange(def);
  const range = chosen ?? suggested;

  const ready = missingOfRule(def).length === 0;
  const missing = missingBlanks(def).length;
  // History does not wait for the name.
  const asked = useLater(toSend(withAnyName(def), []), pauseMs);
  // What is asked lags behind what is typed, so it may still have blanks.
  const complete = ready && missingOfRule(asked).length === 0;
  const preview = useQuery({ ...previewQuery(asked, range[0], range[1]), enabled: complete });

  const store = async () => {
    const definition = toSend(def, taken);
    const saved = plan ? await saveDraft(plan.key, definition) : await createPlan(definition);
    setKept({ def, at: waitingOf(saved)?.version.review?.at });
    setOnRecord(def);
    setLeft(undefined);
    keep(place, def, def);
    await client.invalidateQueries({ queryKey: keys.plans });
    return saved;
  };
  const save = useMutation({
    mutationFn: store,
    onSuccess: (saved) => {
      void message.success(waiting?.inReview && !saved.in_review ? said('draft_again') : t('saved'));
      if (!plan) go(paths.planEditor(saved.key), { replace: true });
    },
    onError: (error) => {
      // The blank at fault says so too, but it may be out of sight.
      void message.error((isProblem(error) && error.faults[0]?.detail) || error.message);
    },
  });
  const discard = useMutation({
    mutationFn: () => deleteDraft(plan?.key ?? ''),
    onSuccess: () => {
      const lost = toSend(def, []);
      keep(place, def, def);
      void client.invalidateQueries({ queryKey: keys.plans });
      go(paths.plans());
      const undo = async () => {
        await (plan && plan.versions.length > 1 ? saveDraft(lost.key, lost) : createPlan(lost));
        void client.invalidateQueries({ queryKey: keys.plans });
        message.destroy('discarded');
      };
      void message.open({
        key: 'discarded',
        type: 'info',
        duration: 8,
        content: (
          <>
            {t('discarded')}
            <Button type="link" size="small" onClick={() => void undo()}>
              {t('undo')}
            </Button>
          </>
        ),
      });
    },
    onError: (error) => void message.error(error.message),
  });
  const publish = async (from: string, begins: PlanDef['begins'], confirmed?: string) => {
    // A version in review is published just as it was submitted: saving it could make it a draft again.
    const seen = untouched && waiting?.inReview ? kept.at : undefined;
    const saved = plan && seen ? plan : await store();
    await publishPlan(saved.key, from, begins, confirmed, seen);
    await client.invalidateQueries();
    void message.success(t('published'));
    go(paths.plan(saved.key));
  };
  const submit = async (note: string) => {
    const saved = plan && untouched ? plan : await store();
    await submitPlan(saved.key, note);
    await client.invalidateQueries({ queryKey: keys.plans });
    void message.success(said('submit_done'));
    go(paths.plan(saved.key));
  };

  const faults = {
    ...(ready ? faultsOf(preview.data?.problems ?? []) : {}),
    ...(isProblem(preview.error) ? faultsOf(preview.error.faults) : {}),
    ...(isProblem(save.error) ? faultsOf(save.error.faults) : {}),
  };
  const change = (next: PlanDef) => {
    setDef(next);
    // Whoever goes on from what is on record has left the older changes behind.
    if (left && !left.fits) setLeft(undefined);
    if (save.isError) save.reset();
  };

  return (
    <FaultsContext.Provider value={faults}>
      <PageHeader
        title={plan ? t('title_edit') : t('title_new')}
        hint={t('hint')}
        back={[t('plans'), plan ? paths.plan(plan.key) : paths.plans()]}
        actions={
          <>
            {missing > 0 && <span className="quiet blanks-left">{t('blanks_left', { count: missing })}</span>}
            {plan?.has_draft && (
              <Button type="text" loading={discard.isPending} onClick={() => discard.mutate()}>
                {t('discard')}
              </Button>
            )}
            <Button loading={save.isPending} disabled={missing > 0} onClick={() => save.mutate()}>
              {t('save')}
            </Button>
            {offers.submit && (
              <Button
                type={offers.publish ? 'default' : 'primary'}
                disabled={missing > 0}
                onClick={() => setAsking('submit')}
              >
                {said('submit')}
              </Button>
            )}
            {offers.publish && (
              <Button type="primary" disabled={missing > 0} onClick={() => setAsking('publish')}>
                {t('publish')}
              </Button>
            )}
          </>
        }
      />
      {waiting?.version.review && (
        <section className="card">
          <ReviewNote review={waiting.version.review} />
          {waiting.inReview && <p className="quiet">{said('editing')}</p>}
        </section>
      )}
      {left && (
        <p className="editor-left-over" role="status">
          {t(left.fits ? 'left_restored' : 'left_older')}
          {!left.fits && (
            <Button
              type="link"
              size="small"
              onClick={() => {
                setDef(left.def);
                setLeft({ ...left, fits: true });
              }}
            >
              {t('left_restore')}
            </Button>
          )}
          <Button
            type="link"
            size="small"
            onClick={() => {
              setDef(onRecord);
              setLeft(undefined);
            }}
          >
            {t('left_discard')}
          </Button>
        </p>
      )}
      <div className="editor">
        <section className="card editor-left">
          <TextInput
            label={t('name')}
            placeholder={t('name_hint')}
            value={def.name}
            onChange={(name) => change({ ...def, name })}
          />
          {faults.name && <p className="field-problem">{faults.name}</p>}
          <div className="editor-sentence">
            <Sentence def={def} onChange={change} />
          </div>
          <TextInput
            label={t('description')}
            placeholder={t('description')}
            maxLength={2000}
            value={def.description}
            onChange={(description) => change({ ...def, description })}
          />
        </section>
        <LivePreview def={def} ready={ready} query={preview} range={range} onRange={setChosen} />
      </div>
      <PublishDialog
        def={def}
        judgedFrom={judgedFrom(plan)}
        preview={preview.data}
        open={asking === 'publish'}
        onClose={() => setAsking(undefined)}
        publish={publish}
      />
      <NoteDialog
        open={asking === 'submit'}
        title={said('submit')}
        label={said('submit_note')}
        ok={said('submit')}
        onClose={() => setAsking(undefined)}
        act={submit}
      />
    </FaultsContext.Provider>
  );
}
