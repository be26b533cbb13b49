import { Form, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { Field, Metric, MetricDef } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { useText } from '../TextOf';
import { isDerived } from './draft';
import { dateFields, valueFields } from './fields';
import { useFieldOptions } from './useFieldOptions';
import { words } from './words';

export type Measure = MetricDef['measure'];
type Kind = Measure['kind'];

const groups: { key: 'of_records' | 'of_metrics'; kinds: Kind[] }[] = [
  { key: 'of_records', kinds: ['count', 'sum', 'average', 'distinct', 'min', 'max', 'median', 'percentile'] },
  { key: 'of_metrics', kinds: ['ratio', 'growth', 'attainment', 'combine'] },
];
const timed: readonly Kind[] = ['sum', 'average', 'min', 'max', 'median', 'percentile'];
const distinctTypes = ['text', 'choice', 'relation', 'person', 'number', 'autonumber', 'date', 'bool'];

export interface Item {
  label: string;
  required: boolean;
  validateStatus?: 'error';
  help?: string;
}
interface Props {
  measure: Measure;
  onChange: (measure: Measure) => void;
  item: (field: string, label: string) => Item;
}

/** How records become one value. A kind keeps what it shares with the one before. */
export function KindField({ measure, onChange, item }: Props) {
  const t = useWords(words);
  return (
    <Form.Item {...item('measure', t('measure'))} extra={t(`${measure.kind}_hint`)}>
      <Select
        aria-label={t('measure')}
        value={measure.kind}
        onChange={(kind: Kind) => onChange(changeKind(measure, kind))}
        options={groups.map((group) => ({
          label: t(group.key),
          options: group.kinds.map((kind) => ({ value: kind, label: t(kind) })),
        }))}
      />
    </Form.Item>
  );
}

/** What a kind asks of the one before it: a value or a time stays among kinds that measure one. */
export function changeKind(measure: Measure, kind: Kind): Measure {
  const next: Measure = { kind };
  if (timed.includes(kind) && timed.includes(measure.kind)) {
    const { value, scale, currency, from, until, clock, in: unit } = measure;
    Object.assign(next, { value, scale, currency, from, until, clock, in: unit });
  }
  if (kind === 'combine') next.terms = [{ metric: measure.of ?? '' }, { metric: measure.to ?? '' }];
  else if (isDerived(kind) && isDerived(measure.kind)) next.of = measure.of ?? measure.terms?.[0]?.metric;
  if (kind === 'percentile') next.percent = '90';
  return next;
}

/** The metrics that a ratio, a growth or an attainment is computed from. */
export function DerivedFields({
  measure,
  onChange,
  item,
  metrics,
  own,
}: Props & { metrics: readonly Metric[]; own: string }) {
  const t = useWords(words);
  const text = useText();
  const ratio = measure.kind === 'ratio';
  const choices = metrics
    .filter((each) => each.key !== own && (!ratio || ['count', 'sum', 'distinct'].includes(each.measure.kind)))
    .map((each) => ({ value: each.key, label: text(each.name) || each.key }));
  const pick = (side: 'of' | 'to', label: string) => (
    <Form.Item {...item(`measure.${side}`, label)}>
      <Select
        aria-label={label}
        placeholder={t('pick')}
        showSearch={{ optionFilterProp: 'label' }}
        value={measure[side] || undefined}
        onChange={(key: string) => onChange({ ...measure, [side]: key })}
        options={choices}
      />
    </Form.Item>
  );
  const against = measure.against ?? 'previous';
  return (
    <div className="form-pair">
      {pick('of', ratio ? t('of') : t('of_metric'))}
      {ratio && pick('to', t('to'))}
      {measure.kind === 'growth' && (
        <Form.Item {...item('measure.against', t('against'))}>
          <Select
            aria-label={t('against')}
            value={against}
            onChange={(next: NonNullable<Measure['against']>) =>
              onChange({ ...measure, against: next, baseline: next === 'fixed' ? measure.baseline : undefined })
            }
            options={(['previous', 'last_year', 'fixed'] as const).map((each) => ({ value: each, label: t(each) }))}
          />
        </Form.Item>
      )}
      {measure.kind === 'growth' && against === 'fixed' && (
        <Form.Item {...item('measure.baseline', t('baseline'))}>
          <Input
            aria-label={t('baseline')}
            inputMode="decimal"
            value={measure.baseline ?? ''}
            onChange={(event) => onChange({ ...measure, baseline: event.target.value || undefined })}
          />
        </Form.Item>
      )}
    </div>
  );
}

/** Which value of a record is measured: a field, or the time between two dates. */
export function ValueFields({ measure, onChange, item, fields }: Props & { fields: readonly Field[] }) {
  const t = useWords(words);
  const named = useFieldOptions();
  const [asText, setAsText] = useState(false);
  if (measure.kind === 'count') return null;
  const duration = measure.from !== undefined || measure.until !== undefined;
  const reckoned =
    !duration && (asText || (Boolean(measure.value) && !fields.some((each) => each.key === measure.value)));
  const field = (key: 'value' | 'from' | 'until', label: string, list: readonly Field[]) => (
    <Form.Item {...item(`measure.${key}`, label)}>
      <Select
        aria-label={label}
        placeholder={t('pick')}
        showSearch={{ optionFilterProp: 'label' }}
        value={measure[key] || undefined}
        onChange={(value: string) => onChange({ ...measure, [key]: value })}
        options={named(list)}
      />
    </Form.Item>
  );
  const percent = measure.kind === 'percentile' && (
    <Form.Item {...item('measure.percent', t('percent'))}>
      <Input
        aria-label={t('percent')}
        inputMode="decimal"
        suffix="%"
        value={measure.percent ?? ''}
        onChange={(event) => onChange({ ...measure, percent: event.target.value })}
      />
    </Form.Item>
  );
  if (measure.kind === 'distinct') {
    return field(
      'value',
      t('distinct_of'),
      fields.filter((each) => distinctTypes.includes(each.type)),
    );
  }
  const dates = dateFields(fields);
  const instants = fields.find((each) => each.key === (measure.from || measure.until))?.type === 'datetime';
  return (
    <>
      <Form.Item label={t('what')}>
        <Segmented
          value={duration ? 'duration' : reckoned ? 'reckoned' : 'value'}
          onChange={(what) => {
            setAsText(what === 'reckoned');
            onChange({
              kind: measure.kind,
              percent: measure.percent,
              ...(what === 'duration' ? { from: '', until: '' } : {}),
              ...(what === 'reckoned' && measure.value ? { value: measure.value } : {}),
            });
          }}
          options={[
            { value: 'value', label: t('a_field') },
            { value: 'reckoned', label: t('a_formula') },
            ...(dates.length > 1 ? [{ value: 'duration', label: t('a_duration') }] : []),
          ]}
        />
      </Form.Item>
      <div className="form-pair">
        {duration ? (
          <>
            {field('from', t('from'), dates)}
            {field('until', t('until'), dates)}
            <Form.Item {...item('measure.clock', t('clock'))}>
              <Select
                aria-label={t('clock')}
                value={measure.clock ?? 'calendar'}
                onChange={(clock: 'calendar' | 'working') => onChange({ ...measure, clock })}
                options={(['calendar', 'working'] as const).map((each) => ({ value: each, label: t(each) }))}
              />
            </Form.Item>
            <Form.Item {...item('measure.in', t('in'))}>
              <Select
                aria-label={t('in')}
                value={measure.in ?? (instants ? 'minutes' : 'days')}
                onChange={(unit: 'minutes' | 'hours' | 'days') => onChange({ ...measure, in: unit })}
                options={(['minutes', 'hours', 'days'] as const).map((each) => ({ value: each, label: t(each) }))}
              />
            </Form.Item>
          </>
        ) : reckoned ? (
          <Form.Item {...item('measure.value', t('formula'))} extra={t('formula_hint')}>
            <Input
              aria-label={t('formula')}
              className="cel-text"
              maxLength={1000}
              value={measure.value ?? ''}
              onChange={(event) => onChange({ ...measure, value: event.target.value })}
            />
          </Form.Item>
        ) : (
          field('value', t('value'), valueFields(fields))
        )}
        {percent}
      </div>
    </>
  );
}
