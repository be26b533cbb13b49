import type { ImportJob, Mapping } from '@/api/types';
import type { FieldDef, FieldType, ObjectInfo } from '@/features/objects/model';
import { keyOf } from '@/features/objects/model';

export type { ImportJob, Mapping };
export type Column = ImportJob['columns'][number];
export type ColumnMapping = Mapping['columns'][number];
export type Report = NonNullable<ImportJob['report']>;
export type Trouble = Report['problems'][number];
export type DateOrder = NonNullable<ColumnMapping['date_order']>;
type Placed = Pick<ImportJob, 'columns' | 'sheet' | 'header_row'>;
type Source = Placed & Pick<ImportJob, 'file'>;

/** The mapping that the guesses make: onto an existing object where one is chosen, else onto a new one. */
export function mappingFromGuesses(job: Source, target?: ObjectInfo): Mapping {
  if (!target) return mappingForNew(job);
  const taken = new Set<string>();
  const columns = job.columns.map((column): ColumnMapping => {
    const key = matchField(column, target);
    if (!key || taken.has(key)) return { column: column.name, field: '' };
    taken.add(key);
    return withOrder({ column: column.name, field: key }, column);
  });
  return {
    object: target.key,
    key: keyColumn(job.columns),
    columns,
    on_conflict: 'update',
    ...place(job),
  };
}

function mappingForNew(job: Source): Mapping {
  const stem = job.file.replace(/\.[^.]*$/, '').replace(/^.*[\\/]/, '');
  const taken: string[] = [];
  const columns: ColumnMapping[] = [];
  const fields: FieldDef[] = [];
  for (const column of job.columns) {
    const key = keyOf(column.name, `column_${column.index + 1}`, taken);
    taken.push(key);
    columns.push(withOrder({ column: column.name, field: key, type: typeOf(column) }, column));
    fields.push({ key, name: { zh: column.name, en: column.name }, type: typeOf(column), ...choicesOf(column) });
  }
  const title = fields.find((f) => f.type === 'text')?.key;
  return {
    object: '',
    create_object: { key: keyOf(stem, 'imported'), name: { zh: stem, en: stem }, title, fields },
    key: keyColumn(job.columns),
    columns,
    on_conflict: 'update',
    ...place(job),
  };
}

/** What a column seems to hold; text holds anything. */
export function typeOf(column: Column): FieldType {
  return (column.guess.type as FieldType | undefined) ?? 'text';
}

/** A choice begins with the values seen; the server adds the others it meets. */
function choicesOf(column: Column): Pick<FieldDef, 'choices'> {
  if (column.guess.type !== 'choice' && column.guess.type !== 'choices') return {};
  const seen = [...new Set(column.samples.map((s) => s.trim()).filter(Boolean))];
  const taken: string[] = [];
  return {
    choices: seen.map((name, i) => {
      const key = keyOf(name, `c${i + 1}`, taken);
      taken.push(key);
      return { key, name: { zh: name, en: name } };
    }),
  };
}

function withOrder(mapping: ColumnMapping, column: Column): ColumnMapping {
  return column.guess.order ? { ...mapping, date_order: column.guess.order } : mapping;
}

function place(job: Pick<ImportJob, 'sheet' | 'header_row'>): Pick<Mapping, 'sheet' | 'header_row'> {
  return { ...(job.sheet ? { sheet: job.sheet } : {}), ...(job.header_row ? { header_row: job.header_row } : {}) };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_\-·()（）]/g, '');
}

/** The field for a column: the server's guess, else the same name in either language or as a key. */
function matchField(column: Column, target: ObjectInfo): string {
  const guessed = column.guess.field;
  if (guessed && target.fields.some((f) => f.key === guessed)) return guessed;
  const name = plain(column.name);
  return target.fields.find((f) => [f.key, f.name.zh, f.name.en].some((n) => plain(n) === name))?.key ?? '';
}

/** A column that looks like an identity: its name says so and its samples differ. */
export function keyColumn(columns: Column[]): string {
  const named = columns.find(
    (c) =>
      /(^|[_\s])(id|no|code|key|number)$|编号|单号|工号|编码|代码|号码$/i.test(c.name.trim()) && distinct(c.samples),
  );
  return named?.name ?? '';
}

function distinct(samples: string[]): boolean {
  const filled = samples.filter(Boolean);
  return filled.length > 0 && new Set(filled).size === filled.length;
}

/** Changes one column's mapping and keeps a new object's field in step with it. */
export function changeColumn(mapping: Mapping, column: string, next: Partial<ColumnMapping>): Mapping {
  const columns = mapping.columns.map((c) => (c.column === column ? { ...c, ...next } : c));
  const changed = columns.find((c) => c.column === column);
  if (!mapping.create_object || !changed) return { ...mapping, columns };
  const fields = mapping.create_object.fields.map((f) =>
    f.key === changed.field && next.type ? retyped(f, next.type as FieldType) : f,
  );
  return { ...mapping, columns, create_object: { ...mapping.create_object, fields } };
}

type NewField = NonNullable<Mapping['create_object']>['fields'][number];

/** A field as another type: what only the old type knows (choices, the target of a relation) goes. */
function retyped(field: NewField, type: FieldType): NewField {
  const { choices, target, ...rest } = field;
  const chosen = type === 'choice' || type === 'choices';
  return {
    ...rest,
    type,
    ...(chosen && choices ? { choices } : {}),
    ...(type === 'relation' && target ? { target } : {}),
  };
}

/** Leaves a column of a new object out, or takes it in again. */
export function toggleColumn(mapping: Mapping, column: Column, take: boolean): Mapping {
  const def = mapping.create_object;
  const was = mapping.columns.find((c) => c.column === column.name);
  if (!def || !was) return changeColumn(mapping, column.name, take ? {} : { field: '' });
  if (!take) {
    return {
      ...mapping,
      columns: mapping.columns.map((c) => (c === was ? { ...c, field: '' } : c)),
      create_object: {
        ...def,
        fields: def.fields.filter((f) => f.key !== was.field),
        title: def.title === was.field ? undefined : def.title,
      },
    };
  }
  const key = keyOf(
    column.name,
    `column_${column.index + 1}`,
    def.fields.map((f) => f.key),
  );
  const type = (was.type as FieldType | undefined) ?? typeOf(column);
  return {
    ...mapping,
    columns: mapping.columns.map((c) => (c === was ? { ...c, field: key, type } : c)),
    create_object: {
      ...def,
      fields: [
        ...def.fields,
        retyped({ key, name: { zh: column.name, en: column.name }, type, ...choicesOf(column) }, type),
      ],
    },
  };
}

export type MendAction = 'correct' | 'create_missing' | 'optional' | 'skip';

/** Problems of one column with one cause. */
export interface TroubleGroup {
  column: string;
  code: string;
  lines: number[];
  /** Different values, the most frequent first. */
  values: string[];
  sample: Trouble;
}

export function groupTroubles(problems: readonly Trouble[]): TroubleGroup[] {
  const groups = new Map<string, { group: TroubleGroup; counts: Map<string, number> }>();
  for (const problem of problems) {
    const key = `${problem.column}\u0000${problem.code}`;
    const found = groups.get(key) ?? {
      group: { column: problem.column, code: problem.code, lines: [], values: [], sample: problem },
      counts: new Map<string, number>(),
    };
    groups.set(key, found);
    found.group.lines.push(problem.line);
    if (problem.value !== '') found.counts.set(problem.value, (found.counts.get(problem.value) ?? 0) + 1);
  }
  return [...groups.values()].map(({ group, counts }) => ({
    ...group,
    values: [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value),
  }));
}

/** The type that a mapped column is read as. */
export function targetType(mapping: Mapping, column: string, target?: ObjectInfo): string | undefined {
  const mapped = mapping.columns.find((c) => c.column === column);
  if (!mapped?.field) return undefined;
  return (
    mapped.type ?? (target?.fields ?? mapping.create_object?.fields ?? []).find((f) => f.key === mapped.field)?.type
  );
}

/** What can be done about a group of problems: there is always a way on. */
export function mendsOf(group: TroubleGroup, mapping: Mapping, target?: ObjectInfo): MendAction[] {
  const column = mapping.columns.find((c) => c.column === group.column);
  const out: MendAction[] = [];
  if (group.values.length > 0 && column) out.push('correct');
  const type = targetType(mapping, group.column, target);
  if (
    (type === 'relation' || type === 'person' || type === 'choice' || type === 'choices') &&
    column &&
    !column.create_missing
  )
    out.push('create_missing');
  const field = mapping.create_object?.fields.find((f) => f.key === column?.field);
  if (field?.required && group.values.length === 0) out.push('optional');
  out.push('skip');
  return out;
}

/** Carries out a mend that needs no further word from the person. */
export function applyMend(mapping: Mapping, column: string, action: MendAction): Mapping {
  if (action === 'create_missing') return changeColumn(mapping, column, { create_missing: true });
  if (action !== 'optional') return mapping;
  const key = mapping.columns.find((c) => c.column === column)?.field ?? '';
  return makeOptional(changeColumn(mapping, column, { empty: 'null' }), key);
}

/** Adds corrections of values; an empty one takes the correction back. */
export function correct(mapping: Mapping, column: string, pairs: Record<string, string>): Mapping {
  const was = mapping.columns.find((c) => c.column === column)?.corrections ?? {};
  const kept = Object.entries({ ...was, ...pairs }).filter(([from, to]) => from !== '' && to !== '' && from !== to);
  return changeColumn(mapping, column, { corrections: Object.fromEntries(kept) });
}

function makeOptional(mapping: Mapping, key: string): Mapping {
  const def = mapping.create_object;
  if (!def) return mapping;
  return {
    ...mapping,
    create_object: { ...def, fields: def.fields.map((f) => (f.key === key ? { ...f, required: false } : f)) },
  };
}

/** A saved mapping on another file: columns it names are taken over, others keep their guesses. */
export function adoptMapping(saved: Mapping, job: Placed): { mapping: Mapping; missing: string[] } {
  const names = new Set(job.columns.map((c) => c.name));
  const missing = saved.columns.filter((c) => c.field && !names.has(c.column)).map((c) => c.column);
  const columns = job.columns.map(
    (c) => saved.columns.find((s) => s.column === c.name) ?? { column: c.name, field: '' },
  );
  const key = saved.key && names.has(saved.key) ? saved.key : '';
  return { mapping: { ...saved, key, columns, ...place(job) }, missing };
}
