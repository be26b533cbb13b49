import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import { createMetric, metricsQuery, plansQuery, saveMetric } from '@/api/plans';
import { faultsByField } from '@/api/problem';
import type { Metric, MetricDef } from '@/api/types';
import { NotFound } from '@/components/ErrorState';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { definitionOf, emptyMetric, isDerived, isMetricComplete, keyFor } from '@/components/metric/draft';
import { MetricForm } from '@/components/metric/MetricForm';
import { MissingWords } from '@/components/metric/MissingWords';
import { PageHeader } from '@/components/PageHeader';
import { PastChangesDialog } from '@/components/past/PastChangesDialog';
import { TextOf, useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { LeftOut } from './LeftOut';
import { words } from './words';

/** One metric: its definition, what it leaves out and why, and the plans that judge by it. */
export default function MetricPage() {
  const t = useWords(words);
  const { key } = useParams({ strict: false }) as { key?: string };
  const query = useQuery(metricsQuery);
  return (
    <Loaded query={query}>
      {(metrics) => {
        const taken = metrics.map((each) => each.key);
        if (!key) return <Edit start={emptyMetric} taken={taken} />;
        const metric = metrics.find((each) => each.key === key);
        if (!metric) return <NotFound detail={t('missing')} />;
        return <Edit key={key} start={definitionOf(metric)} metric={metric} taken={taken} />;
      }}
    </Loaded>
  );
}

function Edit({ start, metric, taken }: { start: MetricDef; metric?: Metric; taken: readonly string[] }) {
  const t = useWords(words);
  const text = useText();
  const go = useGo();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [def, setDef] = useState(start);
  const save = useMutation({
    mutationFn: (confirmed?: string) =>
      metric ? saveMetric(def, confirmed) : createMetric({ ...def, key: def.key || keyFor(def, taken) }),
    onSuccess: async (saved) => {
      void message.success(t('saved'));
      await client.invalidateQueries({ queryKey: keys.metrics });
      if (!metric) go(paths.metric(saved.key), { replace: true });
    },
  });
  const changed = JSON.stringify(def) !== JSON.stringify(start);
  return (
    <>
      <PageHeader
        title={metric ? text(metric.name) : t('new')}
        back={[t('title'), paths.metrics()]}
        actions={
          <>
            <MissingWords def={def} />
            <Button
              type="primary"
              loading={save.isPending}
              disabled={!changed || !isMetricComplete(def)}
              onClick={() => save.mutate(undefined)}
            >
              {t('save')}
            </Button>
          </>
        }
      />
      <section className="card">
        <MetricForm
          value={def}
          onChange={(next) => {
            setDef(next);
            if (save.isError) save.reset();
          }}
          faults={save.error ? faultsByField(save.error) : {}}
          saved={Boolean(metric)}
        />
      </section>
      <PastChangesDialog error={save.error} busy={save.isPending} confirm={save.mutate} close={save.reset} />
      {metric && !isDerived(metric.measure.kind) && <LeftOut metric={metric} />}
      {metric && <UsedBy metric={metric} />}
    </>
  );
}

function UsedBy({ metric }: { metric: Metric }) {
  const t = useWords(words);
  const go = useGo();
  const plans = (useQuery(plansQuery).data ?? []).filter((plan) => plan.metric.key === metric.key);
  return (
    <section className="card">
      <h2>{t('used_by')}</h2>
      {plans.length === 0 ? (
        <Button onClick={() => go(paths.newPlan(metric.key))}>{t('write_plan')}</Button>
      ) : (
        <ul>
          {plans.map((plan) => (
            <li key={plan.key}>
              <Go href={paths.plan(plan.key)}>
                <TextOf text={plan.name} />
              </Go>{' '}
              <span className="quiet">
                <TextOf text={plan.sentence} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
