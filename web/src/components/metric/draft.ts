import type { Field, Metric, MetricDef, ObjectInfo, Text } from '@/api/types';

/** What is chosen for the author when a table is: the only date, the only person, a free key. */
export function metricOn(def: MetricDef, object: ObjectInfo): MetricDef {
  const dates = dateFields(object.fields);
  const persons = personFields(object.fields);
  return {
    ...def,
    object: object.key,
    condition: '',
    by: undefined,
    date: dates[0]?.key ?? '',
    person: persons[0]?.key ?? '',
    measure: isDerived(def.measure.kind)
      ? def.measure
      : { kind: def.measure.kind, ...(def.measure.kind === 'percentile' ? { percent: def.measure.percent } : {}) },
  };
}

/** True for measures that are computed from other metrics instead of records. */
export const isDerived = (kind: MetricDef['measure']['kind']) => ['ratio', 'growth', 'attainment'].includes(kind);

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

export const dateFields = (fields: readonly Field[]) =>
  fields.filter((each) => ['date', 'datetime'].includes(each.type));
export const personFields = (fields: readonly Field[]) => fields.filter((each) => each.type === 'person');
export const valueFields = (fields: readonly Field[]) =>
  fields.filter((each) => ['number', 'money', 'percent'].includes(each.type));

/** Only what was defined: not what the server worked out. */
export function definitionOf(metric: Metric): MetricDef {
  const { id: _id, scale: _scale, currency: _currency, problems: _problems, ...def } = metric;
  return def;
}

const apartTypes = ['choice', 'relation', 'person', 'text'];

/** Fields that tell records apart, by path: the object's own, and what is chosen on the records that they point at. */
export function apartFields(
  objects: readonly ObjectInfo[],
  object: string | undefined,
  text: (name: Text) => string,
): { value: string; label: string; type: string }[] {
  const fieldsOf = (key: string | undefined) => objects.find((each) => each.key === key)?.fields ?? [];
  return fieldsOf(object).flatMap((field) => {
    const label = text(field.name) || field.key;
    const related = field.type === 'relation' ? fieldsOf(field.target) : [];
    return [
      ...(apartTypes.includes(field.type) ? [{ value: field.key, label, type: field.type }] : []),
      ...related
        .filter((each) => ['choice', 'relation'].includes(each.type))
        .map((each) => ({
          value: `${field.key}.${each.key}`,
          label: `${label} · ${text(each.name) || each.key}`,
          type: each.type,
        })),
    ];
  });
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
export function isMetricComplete(def: MetricDef): boolean {
  const named = def.name.zh.trim() !== '' || def.name.en.trim() !== '';
  const { kind, value, of, to, from, until, percent, against, baseline } = def.measure;
  if (!named) return false;
  if (kind === 'ratio') return Boolean(of && to);
  if (kind === 'growth') return Boolean(of && (against !== 'fixed' || baseline));
  if (kind === 'attainment') return Boolean(of);
  if (kind === 'percentile' && !percent) return false;
  // Several persons may share the credit: those are written in a definition file.
  const credited = Boolean(def.person || def.credit?.length);
  return Boolean(def.object && def.date && credited && (kind === 'count' || value || (from && until)));
}
