import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { faultsByField } from '@/api/problem';
import type { ProofRun, Proofs } from '@/api/types';
import { DateText } from '@/components/DateText';
import { EmptyState } from '@/components/EmptyState';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { formatNumber } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { ProofDifferences } from './ProofDifferences';
import './proof.css';
import { words } from './words';

/** While a proof is under way the page looks this often, else once a minute. */
const lookMs = 1_500;
const idleMs = 60_000;

/** 核对: when the figures were last recomputed independently, and with what result. */
export default function ProofPage() {
  const t = useWords(words);
  const client = useQueryClient();
  const query = useQuery({
    queryKey: keys.proofs,
    queryFn: (): Promise<Proofs> => read(api.GET('/proofs')),
    refetchInterval: (q) => (q.state.data?.running ? lookMs : idleMs),
  });
  const start = useMutation({
    mutationFn: () => read(api.POST('/proofs')),
    onSettled: () => client.invalidateQueries({ queryKey: keys.proofs }),
  });
  const data = query.data;
  const fault = start.error ? faultsByField(start.error)[''] : '';
  return (
    <>
      <PageHeader
        title={t('title')}
        hint={t('hint')}
        actions={
          data?.may_start && (
            <Button type="primary" loading={data.running || start.isPending} onClick={() => start.mutate()}>
              {data.running ? t('running') : t('now')}
            </Button>
          )
        }
      />
      {fault && <Alert type="error" role="alert" title={fault} />}
      <Loaded query={query}>
        {(proofs) => (
          <>
            {proofs.last?.counts ? <LastProof run={proofs.last} /> : <Never proofs={proofs} />}
            {proofs.last && <ProofDifferences run={proofs.last} />}
            <When key={proofs.time} proofs={proofs} />
            {proofs.runs.length > 0 && <History runs={proofs.runs} />}
          </>
        )}
      </Loaded>
    </>
  );
}

function Never({ proofs }: { proofs: Proofs }) {
  const t = useWords(words);
  return (
    <section className="card">
      <EmptyState>
        {proofs.next_at ? t('never_next') : t('never')}{' '}
        {proofs.next_at && <DateText value={proofs.next_at} show="time" />}
      </EmptyState>
    </section>
  );
}

function LastProof({ run }: { run: ProofRun }) {
  const t = useWords(words);
  const counts = run.counts;
  if (!counts) return null;
  const shown = Object.fromEntries(Object.entries(counts).map(([key, n]) => [key, formatNumber(String(n))]));
  return (
    <section className="card" aria-label={t('last')}>
      <p className="quiet">
        {t('last')} <DateText value={run.started_at} show="time" />
      </p>
      <p className={counts.differences > 0 ? 'proof-verdict proof-differs' : 'proof-verdict'}>
        <Verdict run={run} />
      </p>
      <p className="quiet">{t('compared', shown)}</p>
      {counts.behind > 0 && <p className="quiet">{t('behind', { count: counts.behind })}</p>}
      {counts.not_judged > 0 && <p className="quiet">{t('not_judged', { count: counts.not_judged })}</p>}
    </section>
  );
}

function Verdict({ run }: { run: ProofRun }) {
  const t = useWords(words);
  if (run.state !== 'done') return <>{t(`state_${run.state}`)}</>;
  if (!run.counts) return null;
  const awards = formatNumber(String(run.counts.awards));
  const count = run.counts.differences;
  return <>{count === 0 ? t('agrees', { awards }) : t('differs', { awards, count })}</>;
}

/** When a server proves by itself; an administrator changes it here. */
function When({ proofs }: { proofs: Proofs }) {
  const t = useWords(words);
  const client = useQueryClient();
  const [at, setAt] = useState(proofs.time);
  const save = useMutation({
    mutationFn: () => read(api.PUT('/proofs/time', { body: { at } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.proofs }),
  });
  if (!proofs.may_set)
    return (
      <p className="quiet">
        {proofs.time ? t('time') : t('time_off')} {proofs.time}
      </p>
    );
  return (
    <form
      className="proof-time"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <label htmlFor="proof-time">{t('time')}</label>
      <Input
        id="proof-time"
        type="time"
        value={at}
        allowClear
        onChange={(event) => setAt(event.target.value)}
        style={{ width: 140 }}
      />
      {at === '' && <span className="quiet">{t('time_off')}</span>}
      {at !== proofs.time && (
        <Button htmlType="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      )}
      {save.error && <span role="alert">{Object.values(faultsByField(save.error))[0]}</span>}
    </form>
  );
}

function History({ runs }: { runs: readonly ProofRun[] }) {
  const t = useWords(words);
  return (
    <section className="card">
      <h2>{t('history')}</h2>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('started')}</th>
              <th scope="col">{t('result')}</th>
              <th scope="col" className="num">
                {t('took')}
              </th>
              <th scope="col">{t('cause')}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.id}>
                <td>
                  <DateText value={run.started_at} show="time" />
                </td>
                <td className={run.counts?.differences || run.state === 'failed' ? 'proof-differs' : undefined}>
                  <Verdict run={run} /> {run.failure && <span className="quiet">{run.failure}</span>}
                </td>
                <td className="num">
                  {run.ended_at && t('seconds', { count: secondsOf(run.started_at, run.ended_at) })}
                </td>
                <td className="quiet">
                  {t(`cause_${run.cause}`)} {run.by}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function secondsOf(from: string, to: string): string {
  return ((Date.parse(to) - Date.parse(from)) / 1000).toFixed(1);
}
