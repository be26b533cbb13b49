import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { api, read } from '@/api/client';
import { metricsQuery } from '@/api/plans';
import { useObjects } from '@/api/session';
import type { MetricDef } from '@/api/types';
import { formatNumber } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { useLater } from '@/lib/useLater';
import { TextInput } from '../TextInput';
import { useText } from '../TextOf';
import { CombineFields } from './CombineFields';
import { ConditionBuilder } from './ConditionBuilder';
import { CreditFields } from './CreditFields';
import { CurrencyFields } from './CurrencyFields';
import { isDerived, isMetricComplete, keyFor, metricOn } from './draft';
import { apartFields, dateFields } from './fields';
import { DerivedFields, KindField, ValueFields } from './MeasureFields';
import './metric.css';
import { reachableFields } from './related';
import { words } from './words';

/** Typing pauses this long before the server is asked. */
const pauseMs = 350;

interface Props {
  value: MetricDef;
  onChange: (def: MetricDef) => void;
  /** Faults of the last attempt to save, by field. */
  faults: Record<string, string>;
  /** The key of a saved metric does not change. */
  saved?: boolean;
}

/** A metric by clicking: table, measure, condition, date, whose it is. Says at once how many records count. */
export function MetricForm({ value: def, onChange, faults, saved }: Props) {
  const t = useWords(words);
  const text = useText();
  const objects = useObjects();
  const metrics = useQuery(metricsQuery).data ?? [];
  const object = objects.find((each) => each.key === def.object);
  const fields = reachableFields(object, objects);
  const check = useCheck(def);
  const problems: Record<string, string> = { ...check.problems, ...faults };
  const set = (part: Partial<MetricDef>) => onChange({ ...def, ...part });
  const options = (list: { key: string; name: { zh: string; en: string } }[]) =>
    list.map((each) => ({ value: each.key, label: text(each.name) || each.key }));
  const item = (field: string, label: string) => ({
    label,
    required: false,
    validateStatus: problems[field] ? ('error' as const) : undefined,
    help: problems[field],
  });

  return (
    <Form layout="vertical" component="div" className="metric-form">
      <Form.Item {...item('name', t('name'))}>
        <TextInput label={t('name')} value={def.name} onChange={(name) => set({ name })} />
      </Form.Item>
      <KindField
        measure={def.measure}
        // Different values and figures computed from others tell no records apart.
        onChange={(measure) =>
          set({ measure, by: measure.kind === 'distinct' || isDerived(measure.kind) ? undefined : def.by })
        }
        item={item}
      />
      {def.measure.kind === 'combine' ? (
        <CombineFields
          measure={def.measure}
          onChange={(measure) => set({ measure })}
          item={item}
          metrics={metrics}
          own={def.key}
        />
      ) : isDerived(def.measure.kind) ? (
        <DerivedFields
          measure={def.measure}
          onChange={(measure) => set({ measure })}
          item={item}
          metrics={metrics}
          own={def.key}
        />
      ) : (
        <>
          <Form.Item {...item('object', t('object'))}>
            <Select
              aria-label={t('object')}
              placeholder={t('object_pick')}
              showSearch={{ optionFilterProp: 'label' }}
              value={def.object || undefined}
              onChange={(key: string) => {
                const next = objects.find((each) => each.key === key);
                if (next) onChange(metricOn(def, next));
              }}
              options={options(objects)}
            />
          </Form.Item>
          {object && (
            <>
              <ValueFields measure={def.measure} onChange={(measure) => set({ measure })} item={item} fields={fields} />
              <Form.Item label={t('condition')}>
                <ConditionBuilder
                  key={object.key}
                  value={def.condition ?? ''}
                  onChange={(condition) => set({ condition })}
                  fields={fields}
                  problem={problems.condition}
                />
              </Form.Item>
              <Form.Item {...item('date', t('date'))} extra={dateFields(fields).length === 0 && t('no_date')}>
                <Select
                  aria-label={t('date')}
                  placeholder={t('pick')}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={def.date || undefined}
                  onChange={(date: string) => set({ date })}
                  options={options(dateFields(fields))}
                />
              </Form.Item>
              <CreditFields def={def} onChange={onChange} fields={fields} item={item} />
              {def.measure.kind !== 'distinct' && (
                <Form.Item {...item('by', t('by'))} extra={t('by_hint')}>
                  <Select
                    aria-label={t('by')}
                    placeholder={t('by_none')}
                    allowClear
                    showSearch={{ optionFilterProp: 'label' }}
                    value={def.by || undefined}
                    onChange={(by?: string) => set({ by: by || undefined })}
                    options={options(apartFields(fields))}
                  />
                </Form.Item>
              )}
              <CurrencyFields def={def} onChange={onChange} fields={fields} item={item} />
            </>
          )}
        </>
      )}
      <div className="form-pair">
        {['count', 'distinct', 'combine'].includes(def.measure.kind) && (
          <Form.Item {...item('unit', t('unit'))}>
            <TextInput
              label={t('unit')}
              placeholder={t(def.measure.kind === 'combine' ? 'unit_hint_combine' : 'unit_hint')}
              maxLength={20}
              value={def.unit}
              onChange={(unit) => set({ unit })}
            />
          </Form.Item>
        )}
        {!saved && (
          <Form.Item {...item('key', t('key'))} extra={t('key_hint')}>
            <Input
              aria-label={t('key')}
              value={def.key}
              placeholder={keyFor(
                def,
                metrics.map((each) => each.key),
              )}
              maxLength={60}
              onChange={(event) => set({ key: event.target.value })}
            />
          </Form.Item>
        )}
      </div>
      <p className="quiet" aria-live="polite">
        {check.records !== undefined &&
          !isDerived(def.measure.kind) && // those have no records of their own
          t('counts', {
            records: formatNumber(String(check.records)),
            scanned: formatNumber(String(check.scanned ?? 0)),
          })}
      </p>
      {problems[''] && <p className="field-problem">{problems['']}</p>}
    </Form>
  );
}

/** Asks the server whether the metric can be saved and what it would count. */
function useCheck(def: MetricDef) {
  const complete = isMetricComplete(def);
  const asked = useLater(def, pauseMs);
  const query = useQuery({
    queryKey: ['metric-check', asked],
    queryFn: () => read(api.POST('/metrics/check', { body: { definition: { ...asked, key: asked.key || 'draft' } } })),
    enabled: complete && isMetricComplete(asked),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const problems: Record<string, string> = {};
  if (complete) for (const each of query.data?.problems ?? []) problems[each.field ?? ''] ??= each.detail;
  return { problems, records: complete ? query.data?.records : undefined, scanned: query.data?.scanned };
}
