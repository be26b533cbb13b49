import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Radio } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import { addMetricSet, metricSetsQuery, tryMetricSet } from '@/api/plans';
import { useObjects } from '@/api/session';
import type { MetricSet, ReadyLine } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { TextOf, useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { ReadyMapping } from './ReadyMapping';
import { type Mapping, partsOf, picked, say } from './ready';
import { readyWords } from './readyWords';
import './ready.css';

/** Ready-made metrics: a set, what it is measured over here, and which of it to add. */
export default function ReadyMetricsPage() {
  const query = useQuery(metricSetsQuery);
  const [key, setKey] = useState('');
  return (
    <Loaded query={query}>
      {(sets) => {
        const set = sets.find((each) => each.key === key) ?? sets[0];
        return set && <Chosen key={set.key} set={set} sets={sets} onChoose={setKey} />;
      }}
    </Loaded>
  );
}

function Chosen({
  set,
  sets,
  onChoose,
}: {
  set: MetricSet;
  sets: readonly MetricSet[];
  onChoose: (key: string) => void;
}) {
  const t = useWords(readyWords);
  const text = useText();
  const go = useGo();
  const client = useQueryClient();
  const { message } = App.useApp();
  const noObjects = useObjects().length === 0;
  const [said, setSaid] = useState<Mapping>({});
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const trial = useQuery({
    queryKey: [...keys.metrics, 'ready', set.key, said],
    queryFn: () => tryMetricSet(set.key, { mapping: said }),
    placeholderData: keepPreviousData,
  });
  const chosen = trial.data ? picked(set, trial.data.lines, off) : [];
  const add = useMutation({
    mutationFn: () => addMetricSet(set.key, { mapping: trial.data?.mapping, metrics: chosen }),
    onSuccess: async ({ added }) => {
      void message.success(t('added', { count: added }));
      await client.invalidateQueries({ queryKey: keys.metrics });
      go(paths.metrics());
    },
  });
  return (
    <>
      <PageHeader
        title={t('title')}
        hint={t('hint')}
        back={[t('back'), paths.metrics()]}
        actions={
          <Button
            type="primary"
            disabled={chosen.length === 0 || trial.isPlaceholderData || trial.isError}
            loading={add.isPending}
            onClick={() => add.mutate()}
          >
            {chosen.length === 0 ? t('nothing') : t('add', { count: chosen.length })}
          </Button>
        }
      />
      <section className="card ready-sets">
        <Radio.Group
          aria-label={t('set')}
          optionType="button"
          value={set.key}
          options={sets.map((each) => ({ value: each.key, label: text(each.name) }))}
          onChange={(event) => onChoose(event.target.value as string)}
        />
        <p className="quiet">
          <TextOf text={set.about} />
        </p>
      </section>
      {noObjects && (
        <section className="card">
          <EmptyState action={<Button onClick={() => go(paths.imports())}>{t('import')}</Button>}>
            {t('no_objects')}
          </EmptyState>
        </section>
      )}
      {add.error && <Alert type="error" showIcon title={add.error.message} />}
      <Loaded query={trial}>
        {({ lines, mapping }) => (
          <div className="ready-columns">
            <section className="card">
              <h2>{t('metrics')}</h2>
              <Lines set={set} lines={lines} off={off} onChange={setOff} />
            </section>
            {!noObjects && (
              <section className="card">
                <h2>{t('mapping')}</h2>
                <p className="quiet">{t('mapping_hint')}</p>
                <ReadyMapping
                  set={set}
                  mapping={mapping}
                  onSay={(slot, value) => {
                    add.reset();
                    setSaid(say(said, slot, value));
                  }}
                />
              </section>
            )}
          </div>
        )}
      </Loaded>
    </>
  );
}

interface LinesProps {
  set: MetricSet;
  lines: readonly ReadyLine[];
  off: ReadonlySet<string>;
  onChange: (off: ReadonlySet<string>) => void;
}

function Lines({ set, lines, off, onChange }: LinesProps) {
  const t = useWords(readyWords);
  const parts = partsOf(set, lines, off);
  const on = new Set(picked(set, lines, off));
  return (
    <ul className="ready-lines">
      {lines.map(({ metric, state, why }) => {
        const needed = parts.has(metric.key);
        return (
          <li key={metric.key}>
            <Checkbox
              checked={on.has(metric.key)}
              disabled={state !== 'new' || needed}
              onChange={(event) => {
                const next = new Set(off);
                if (event.target.checked) next.delete(metric.key);
                else next.add(metric.key);
                onChange(next);
              }}
            >
              <TextOf text={metric.name} />
            </Checkbox>
            <div className="ready-why quiet">{why ? <TextOf text={why} /> : needed && t('part')}</div>
          </li>
        );
      })}
    </ul>
  );
}
