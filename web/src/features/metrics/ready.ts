import type { FieldSlot, MetricSet, ObjectInfo, ReadyLine } from '@/api/types';

/** What stands in each slot; '' is nothing. */
export type Mapping = Record<string, string>;

/** What the reader says of a slot. What hangs on it is guessed anew: fields of their table, values of their field. */
export function say(said: Mapping, slot: string, value: string): Mapping {
  const kept = Object.entries(said).filter(([each]) => each !== slot && !each.startsWith(`${slot}.`));
  return { ...Object.fromEntries(kept), [slot]: value };
}

/** Metrics that are added though they are not ticked, because a ticked one is computed from them. */
export function partsOf(set: MetricSet, lines: readonly ReadyLine[], off: ReadonlySet<string>): Set<string> {
  const fresh = new Set(lines.filter((line) => line.state === 'new').map((line) => line.metric.key));
  const ticked = set.metrics.filter((metric) => fresh.has(metric.key) && !off.has(metric.key));
  return new Set(ticked.flatMap((metric) => metric.parts).filter((key) => fresh.has(key)));
}

/** Keys of the metrics that adding would add. */
export function picked(set: MetricSet, lines: readonly ReadyLine[], off: ReadonlySet<string>): string[] {
  const parts = partsOf(set, lines, off);
  return lines
    .filter((line) => line.state === 'new' && (!off.has(line.metric.key) || parts.has(line.metric.key)))
    .map((line) => line.metric.key);
}

/** The fields of a table that may stand in a slot. */
export function fieldsFor(slot: FieldSlot, object: ObjectInfo, mapping: Mapping): ObjectInfo['fields'] {
  const target = slot.target ? mapping[slot.target] : '';
  return object.fields.filter((field) => slot.types.includes(field.type) && (!target || field.target === target));
}
