import { useQuery } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { metricsQuery } from '@/api/plans';
import { useObjects } from '@/api/session';
import type { Field, Metric } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { Figure } from '@/components/Figure';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { conditionText } from '@/components/metric/conditionText';
import { words as conditionWords } from '@/components/metric/words';
import { PageHeader } from '@/components/PageHeader';
import { TextOf, useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { sumText } from './sum';
import { words } from './words';

/** Every metric: what it measures, and how many records it leaves out. */
export default function MetricsPage() {
  const t = useWords(words);
  const go = useGo();
  const query = useQuery(metricsQuery);
  const add = (
    <Space wrap>
      <Button onClick={() => go(paths.readyMetrics())}>{t('ready')}</Button>
      <Button type="primary" onClick={() => go(paths.newMetric())}>
        {t('new')}
      </Button>
    </Space>
  );
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} actions={add} />
      <section className="card">
        <Loaded query={query}>
          {(metrics) =>
            metrics.length === 0 ? (
              <EmptyState example={t('none_example')} action={add}>
                {t('none')}
              </EmptyState>
            ) : (
              <Table metrics={metrics} />
            )
          }
        </Loaded>
      </section>
    </>
  );
}

function Table({ metrics }: { metrics: readonly Metric[] }) {
  const t = useWords(words);
  return (
    <div className="table-scroll">
      <table className="plain-table stacked-table">
        <thead>
          <tr>
            <th scope="col">{t('col_name')}</th>
            <th scope="col">{t('col_source')}</th>
            <th scope="col">{t('col_measure')}</th>
            <th scope="col">{t('col_condition')}</th>
            <th scope="col" className="num">
              {t('col_left_out')}
            </th>
          </tr>
        </thead>
        <tbody>
          {metrics.map((metric) => (
            <Line key={metric.key} metric={metric} metrics={metrics} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ metric, metrics }: { metric: Metric; metrics: readonly Metric[] }) {
  const t = useWords(words);
  const object = useObjects().find((each) => each.key === metric.object);
  const leftOut = metric.problems.reduce((so_far, each) => so_far + each.count, 0);
  return (
    <tr>
      <td>
        <Go href={paths.metric(metric.key)}>
          <TextOf text={metric.name} />
        </Go>
      </td>
      <td data-label={object ? t('col_source') : undefined}>
        {object && (
          <Go href={paths.records(object.key, metric.condition)}>
            <TextOf text={object.name} />
          </Go>
        )}
      </td>
      <td data-label={t('col_measure')}>
        <MeasureText metric={metric} metrics={metrics} />
      </td>
      <td data-label={metric.condition ? t('col_condition') : undefined}>
        {metric.condition && <ConditionText cel={metric.condition} fields={object?.fields ?? []} />}
      </td>
      <td className="num" data-label={t('col_left_out')}>
        {leftOut > 0 ? <Figure number={leftOut} href={paths.metric(metric.key)} /> : '0'}
      </td>
    </tr>
  );
}

/** In words where clicking could have said it, else as it was written. */
function ConditionText({ cel, fields }: { cel: string; fields: readonly Field[] }) {
  const said = conditionText(cel, fields, useWords(conditionWords), useText());
  return said === null ? <code className="quiet">{cel}</code> : <span title={cel}>{said}</span>;
}

function MeasureText({ metric, metrics }: { metric: Metric; metrics: readonly Metric[] }) {
  const t = useWords(words);
  const text = useText();
  const object = useObjects().find((each) => each.key === metric.object);
  const { kind, value, of, to, from, until, percent = '', against = 'previous', terms = [] } = metric.measure;
  const metricName = (key: string | undefined) => text(metrics.find((each) => each.key === key)?.name) || (key ?? '');
  const fieldName = (key: string | undefined) =>
    text(object?.fields.find((each) => each.key === key)?.name) || (key ?? '');
  if (kind === 'count') return <>{t('count')}</>;
  if (kind === 'ratio') return <>{t('ratio', { of: metricName(of), to: metricName(to) })}</>;
  if (kind === 'attainment') return <>{t('attainment', { of: metricName(of) })}</>;
  if (kind === 'growth') return <>{t(`growth_${against}`, { of: metricName(of) })}</>;
  if (kind === 'combine') {
    return <>{sumText(terms, metricName, (window, of) => t(`term_${window}`, { of }))}</>;
  }
  const field = from ? t('duration', { from: fieldName(from), until: fieldName(until) }) : fieldName(value);
  return <>{t(kind, { field, percent: percent.replace('%', '') })}</>;
}
