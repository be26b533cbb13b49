import type { Metric, MetricDef, ObjectInfo } from '@/api/types';
import { isCreditComplete } from './credit';
import { dateFields, personFields } from './fields';

/** What is chosen for the author when a table is: the only date, the only person, a free key. */
export function metricOn(def: MetricDef, object: ObjectInfo): MetricDef {
  const dates = dateFields(object.fields);
  const persons = personFields(object.fields);
  const { credit: _credit, team: _team, department: _department, count: _count, by: _by, ...kept } = def;
  return {
    ...kept,
    object: object.key,
    condition: '',
    date: dates[0]?.key ?? '',
    person: persons[0]?.key ?? '',
    measure: isDerived(def.measure.kind)
      ? def.measure
      : { kind: def.measure.kind, ...(def.measure.kind === 'percentile' ? { percent: def.measure.percent } : {}) },
  };
}

/** True for measures that are computed from other metrics instead of records. */
export const isDerived = (kind: MetricDef['measure']['kind']) =>
  ['ratio', 'growth', 'attainment', 'combine'].includes(kind);

export const emptyMetric: MetricDef = {
  key: '',
  name: { zh: '', en: '' },
  object: '',
  condition: '',
  date: '',
  person: '',
  measure: { kind: 'count' },
  unit: { zh: '', en: '' },
};

/** Only what was defined: not what the server worked out. */
export function definitionOf(metric: Metric): MetricDef {
  const { id: _id, scale: _scale, currency: _currency, percent: _percent, problems: _problems, ...def } = metric;
  // Whatever else comes to be worked out has to be named above: the server refuses it in a definition.
  const left: Record<Exclude<keyof typeof def, keyof MetricDef>, never> = {};
  return { ...def, ...left };
}

/** A key from the English name or, without one, from what is measured; made free by a number. */
export function keyFor(def: MetricDef, taken: readonly string[]): string {
  const base =
    slug(def.name.en) ||
    slug(def.name.zh) ||
    [def.object || 'metric', def.measure.kind, def.measure.value]
      .filter(Boolean)
      .map((each) => slug(String(each)))
      .join('_');
  return freeKey(base || 'metric', taken, '_');
}

/** The key itself, or with the first number that makes it free. */
export function freeKey(base: string, taken: readonly string[], joint: string): string {
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base}${joint}${number}`)) number++;
  return `${base}${joint}${number}`;
}

/** "Signed customers (new)" → "signed_customers_new"; empty where nothing of the alphabet is left. */
export function slug(text: string, joint = '_'): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, joint)
    .replace(/^[^a-z]+|[_-]+$/g, '')
    .slice(0, 40);
}

/** True when every blank that the measure needs is filled. */
export const isMetricComplete = (def: MetricDef): boolean => missingOf(def).length === 0;

/** What a metric must still be told, each as the form calls it. */
export type MissingOfMetric =
  | 'name'
  | 'of'
  | 'to'
  | 'of_metric'
  | 'term_metric'
  | 'baseline'
  | 'percent'
  | 'object'
  | 'date'
  | 'person'
  | 'value'
  | 'from'
  | 'until';

export function missingOf(def: MetricDef): MissingOfMetric[] {
  const { kind, value, of, to, from, until, percent, against, baseline, terms } = def.measure;
  const gone: [MissingOfMetric, boolean][] = [['name', def.name.zh.trim() === '' && def.name.en.trim() === '']];
  if (kind === 'ratio') gone.push(['of', !of], ['to', !to]);
  else if (kind === 'growth') gone.push(['of_metric', !of], ['baseline', against === 'fixed' && !baseline]);
  else if (kind === 'attainment') gone.push(['of_metric', !of]);
  else if (kind === 'combine') gone.push(['term_metric', !terms?.length || terms.some((each) => !each.metric)]);
  else {
    const timed = from !== undefined || until !== undefined;
    gone.push(
      ['object', !def.object],
      ['percent', kind === 'percentile' && !percent],
      ['value', kind !== 'count' && !value && !timed],
      ['from', kind !== 'count' && !value && timed && !from],
      ['until', kind !== 'count' && !value && timed && !until],
      ['date', !def.date],
      ['person', !isCreditComplete(def)],
    );
  }
  return gone.filter(([, missing]) => missing).map(([key]) => key);
}
