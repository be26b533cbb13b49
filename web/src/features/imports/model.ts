import type { FieldType, ObjectDef, ObjectInfo, Text } from '@/features/objects/model';
import { keyOf } from '@/features/objects/model';

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

export interface Guess {
  type: FieldType;
  field: string;
  order?: DateOrder | '';
  confidence?: number | string;
}

export interface Column {
  index: number;
  name: string;
  samples: string[];
  guess: Guess;
}

export interface ColumnMapping {
  column: string;
  /** Key of the field that takes the column; empty: the column is left out. */
  field: string;
  type?: FieldType;
  date_order?: DateOrder;
  /** The field of the related object whose text names the record. */
  match?: string;
  create_missing?: boolean;
  corrections?: Record<string, string>;
  empty?: 'null';
}

export interface Mapping {
  object: string;
  create_object: ObjectDef | null;
  /** Column whose text is the record's identity in the source; empty: every run adds rows. */
  key: string;
  columns: ColumnMapping[];
  on_conflict: 'update' | 'skip';
  sheet?: string;
  header_row?: number;
}

export interface Trouble {
  line: number;
  column: string;
  value: string;
  code: string;
  reason: Text;
}

export type MendAction =
  | 'correct'
  | 'map_value'
  | 'optional'
  | 'create_missing'
  | 'skip'
  | 'type'
  | 'date_order'
  | 'match'
  | string;

export interface Mend {
  code: string;
  column: string;
  value?: string;
  action: MendAction;
  suggestion: Text;
  to?: string;
}

export type JobStatus = 'uploaded' | 'checked' | 'running' | 'done' | 'cancelled' | 'failed';

export interface Progress {
  total: number;
  done: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  rate: number;
  seconds_left: number;
  problems: Trouble[];
  mends: Mend[];
}

export interface ImportJob extends Partial<Progress> {
  id: number;
  file: string;
  format: string;
  encoding: string;
  sheets: string[];
  sheet: string;
  header_row: number;
  skipped: { line: number; reason: Text; text: string }[];
  columns: Column[];
  rows_total: number;
  mapping: Mapping | null;
  status: JobStatus;
}

/** The mapping that the guesses make: onto an existing object where one is chosen, else onto a new one. */
export function mappingFromGuesses(
  job: Pick<ImportJob, 'columns' | 'file' | 'sheet' | 'header_row'>,
  target?: ObjectInfo,
): Mapping {
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
    create_object: null,
    key: keyColumn(job.columns),
    columns,
    on_conflict: 'update',
    ...place(job),
  };
}

function mappingForNew(job: Pick<ImportJob, 'columns' | 'file' | 'sheet' | 'header_row'>): Mapping {
  const stem = job.file.replace(/\.[^.]*$/, '').replace(/^.*[\\/]/, '');
  const taken: string[] = [];
  const columns: ColumnMapping[] = [];
  const fields: ObjectDef['fields'] = [];
  for (const column of job.columns) {
    const key = keyOf(column.name, `column_${column.index + 1}`, taken);
    taken.push(key);
    columns.push(withOrder({ column: column.name, field: key, type: column.guess.type }, column));
    fields.push({ key, name: { zh: column.name, en: column.name }, type: column.guess.type, ...choicesOf(column) });
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

/** A choice begins with the values seen; the server adds the others it meets. */
function choicesOf(column: Column): Pick<ObjectDef['fields'][number], 'choices'> {
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
  if (target.fields.some((f) => f.key === column.guess.field)) return column.guess.field;
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
    f.key === changed.field && next.type ? { ...f, type: next.type } : f,
  );
  return { ...mapping, columns, create_object: { ...mapping.create_object, fields } };
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
  const type = was.type ?? column.guess.type;
  return {
    ...mapping,
    columns: mapping.columns.map((c) => (c === was ? { ...c, field: key, type } : c)),
    create_object: {
      ...def,
      fields: [...def.fields, { key, name: { zh: column.name, en: column.name }, type, ...choicesOf(column) }],
    },
  };
}

/** Carries a mend out on the mapping. Returns null when the mend needs a word from the person first. */
export function applyMend(mapping: Mapping, mend: Mend): Mapping | null {
  const column = mapping.columns.find((c) => c.column === mend.column);
  if (!column) return null;
  switch (mend.action) {
    case 'correct':
    case 'map_value':
      if (!mend.value || mend.to === undefined) return null;
      return changeColumn(mapping, mend.column, { corrections: { ...column.corrections, [mend.value]: mend.to } });
    case 'create_missing':
      return changeColumn(mapping, mend.column, { create_missing: true });
    case 'optional':
      return makeOptional(changeColumn(mapping, mend.column, { empty: 'null' }), column.field);
    case 'date_order':
      return mend.to ? changeColumn(mapping, mend.column, { date_order: mend.to as DateOrder }) : null;
    case 'type':
      return mend.to ? changeColumn(mapping, mend.column, { type: mend.to as FieldType }) : null;
    case 'match':
      return mend.to ? changeColumn(mapping, mend.column, { match: mend.to }) : null;
    default:
      return null;
  }
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
export function adoptMapping(
  saved: Mapping,
  job: Pick<ImportJob, 'columns' | 'sheet' | 'header_row'>,
): { mapping: Mapping; missing: string[] } {
  const names = new Set(job.columns.map((c) => c.name));
  const missing = saved.columns.filter((c) => c.field && !names.has(c.column)).map((c) => c.column);
  const columns = job.columns.map(
    (c) => saved.columns.find((s) => s.column === c.name) ?? { column: c.name, field: '' },
  );
  const key = names.has(saved.key) ? saved.key : '';
  return { mapping: { ...saved, key, columns, ...place(job) }, missing };
}
