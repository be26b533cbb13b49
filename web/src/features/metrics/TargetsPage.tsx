import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Alert, App, Button, Segmented, Select } from 'antd';
import { useRef } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { metricsQuery } from '@/api/plans';
import { faultsByField } from '@/api/problem';
import type { Metric } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths, type TargetParts } from '@/lib/paths';
import { TargetGrid } from './TargetGrid';
import { words } from './targetWords';
import './targets.css';

export const targetsQuery = (metric: string | undefined, year: string, parts: TargetParts) =>
  queryOptions({
    queryKey: [...keys.targets, metric, year, parts],
    queryFn: () =>
      read(api.GET('/targets', { params: { query: { metric: metric || undefined, year: year || undefined, parts } } })),
    placeholderData: keepPreviousData,
  });

/** What everybody is to reach: a year and its parts for persons and units, edited in place. */
export default function TargetsPage() {
  const query = useQuery(metricsQuery);
  const t = useWords(words);
  return (
    <Loaded query={query}>
      {(metrics) => {
        const usable = metrics.filter((each) => !['growth', 'attainment'].includes(each.measure.kind));
        return usable.length === 0 ? (
          <>
            <PageHeader title={t('title')} />
            <EmptyState>{t('no_metrics')}</EmptyState>
          </>
        ) : (
          <Targets metrics={usable} />
        );
      }}
    </Loaded>
  );
}

interface Asked {
  metric?: string;
  year?: string | number;
  parts?: TargetParts;
}

function Targets({ metrics }: { metrics: readonly Metric[] }) {
  const t = useWords(words);
  const text = useText();
  const go = useGo();
  const client = useQueryClient();
  const { message } = App.useApp();
  const asked = useSearch({ strict: false }) as Asked;
  const parts = asked.parts ?? 'quarter';
  const year = asked.year ? String(asked.year) : '';
  // Nothing asked for is what has targets, or what a plan judges: the server knows.
  const query = useQuery(
    targetsQuery(metrics.some((each) => each.key === asked.metric) ? asked.metric : '', year, parts),
  );
  const metric = query.data?.metric.key;
  const load = useMutation({
    mutationFn: async (file: File) =>
      read(
        api.POST('/targets/import', {
          params: { query: { metric } },
          body: await file.text(),
          bodySerializer: (body: string) => body,
          headers: { 'Content-Type': 'text/csv' },
        }),
      ),
    onSuccess: (done) => void message.success(t('imported', { count: done.changed })),
    onSettled: () => client.invalidateQueries({ queryKey: keys.targets }),
  });
  const show = (next: Asked) =>
    go(paths.targets({ metric, year: shown, parts, ...next } as Parameters<typeof paths.targets>[0]), {
      replace: true,
    });
  const shown = query.data?.year ?? year;
  const fault = load.error;
  return (
    <>
      <PageHeader
        title={t('title')}
        hint={t('hint')}
        actions={query.data?.editable && <ImportButton loading={load.isPending} onFile={(file) => load.mutate(file)} />}
      />
      <section className="card">
        <div className="target-bar">
          <Select
            aria-label={t('metric')}
            showSearch={{ optionFilterProp: 'label' }}
            value={metric}
            onChange={(key: string) => show({ metric: key })}
            options={metrics.map((each) => ({ value: each.key, label: text(each.name) || each.key }))}
          />
          <span className="target-year">
            <Button
              type="text"
              icon={<LeftOutlined />}
              aria-label={t('year_before')}
              onClick={() => show({ year: Number(shown) - 1 })}
            />
            {t('year', { year: shown })}
            <Button
              type="text"
              icon={<RightOutlined />}
              aria-label={t('year_after')}
              onClick={() => show({ year: Number(shown) + 1 })}
            />
          </span>
          <Segmented
            value={parts}
            onChange={(next: TargetParts) => show({ parts: next })}
            options={(['half', 'quarter', 'month'] as const).map((each) => ({ value: each, label: t(each) }))}
          />
        </div>
        {fault && (
          <Alert
            type="error"
            role="alert"
            title={Object.values(faultsByField(fault))[0] ?? fault.message}
            style={{ marginBottom: 12 }}
          />
        )}
        <Loaded query={query}>
          {(grid) => <TargetGrid key={`${grid.metric.key} ${grid.year} ${grid.periods.length}`} grid={grid} />}
        </Loaded>
      </section>
    </>
  );
}

function ImportButton({ loading, onFile }: { loading: boolean; onFile: (file: File) => void }) {
  const t = useWords(words);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button loading={loading} title={t('import_hint')} onClick={() => input.current?.click()}>
        {t('import')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = '';
        }}
      />
    </>
  );
}
