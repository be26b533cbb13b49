import type { ImportJob, Mapping } from '@/api/types';
import type { FieldDef, FieldType, ObjectInfo } from '@/features/objects/model';
import { keyOf } from '@/features/objects/model';

export type { ImportJob, Mapping };
export type Column = ImportJob['columns'][number];
export type ColumnMapping = Mapping['columns'][number];
export type Report = NonNullable<ImportJob['report']>;
export type Mend = Report['mends'][number];
export type DateOrder = NonNullable<ColumnMapping['date_order']>;
type Placed = Pick<ImportJob, 'columns' | 'sheet' | 'header_row'>;
type Source = Placed & Pick<ImportJob, 'file'>;

/** A mapping that makes a new object of the file, from what its columns seem to hold. */
export function mappingForNew(job: Source): Mapping {
  const stem = job.file.replace(/\.[^.]*$/, '').replace(/^.*[\\/]/, '');
  const taken: string[] = [];
  const columns: ColumnMapping[] = [];
  const fields: FieldDef[] = [];
  for (const column of job.columns) {
    const key = keyOf(column.name, `column_${column.index + 1}`, taken);
    taken.push(key);
    columns.push(withOrder({ column: column.name, field: key, type: typeOf(column) }, column));
    fields.push(newField(key, column, typeOf(column)));
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

/** A field made of a column. Choices are the server's to add: it has seen all cells, and corrects them. */
function newField(key: string, column: Column, type: FieldType): FieldDef {
  const target = type === 'relation' ? column.guess.target : undefined;
  return { key, name: { zh: column.name, en: column.name }, type, ...(target ? { target } : {}) };
}

function withOrder(mapping: ColumnMapping, column: Column): ColumnMapping {
  return column.guess.order ? { ...mapping, date_order: column.guess.order } : mapping;
}

function place(job: Pick<ImportJob, 'sheet' | 'header_row'>): Pick<Mapping, 'sheet' | 'header_row'> {
  return { ...(job.sheet ? { sheet: job.sheet } : {}), ...(job.header_row ? { header_row: job.header_row } : {}) };
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
      fields: [...def.fields, newField(key, column, type)],
    },
  };
}

/** Calls a new object otherwise; fields that point at it follow. */
export function rekey(mapping: Mapping, key: string): Mapping {
  const def = mapping.create_object;
  if (!def) return mapping;
  const fields = def.fields.map((f) => (f.type === 'relation' && f.target === def.key ? { ...f, target: key } : f));
  return { ...mapping, create_object: { ...def, key, fields } };
}

/** The type that a mapped column is read as. */
export function targetType(mapping: Mapping, column: string, target?: ObjectInfo): string | undefined {
  const mapped = mapping.columns.find((c) => c.column === column);
  if (!mapped?.field) return undefined;
  return (
    mapped.type ?? (target?.fields ?? mapping.create_object?.fields ?? []).find((f) => f.key === mapped.field)?.type
  );
}

/** Adds corrections of values; an empty one takes the correction back. */
export function correct(mapping: Mapping, column: string, pairs: Record<string, string>): Mapping {
  const was = mapping.columns.find((c) => c.column === column)?.corrections ?? {};
  const kept = Object.entries({ ...was, ...pairs }).filter(([from, to]) => from !== '' && to !== '' && from !== to);
  return changeColumn(mapping, column, { corrections: Object.fromEntries(kept) });
}

/** A saved mapping on another file: columns it names are taken over, others keep their guesses. */
export function adoptMapping(saved: Mapping, job: Placed): { mapping: Mapping; missing: string[] } {
  const names = new Set(job.columns.map((c) => c.name));
  const missing = saved.columns.filter((c) => c.field && !names.has(c.column)).map((c) => c.column);
  const columns = job.columns.flatMap((c) => {
    const known = saved.columns.filter((s) => s.column === c.name);
    return known.length > 0 ? known : [{ column: c.name, field: '' }];
  });
  const known = saved.key && (names.has(saved.key) || saved.key.split('+').every((part) => names.has(part.trim())));
  const key = known ? saved.key : '';
  return { mapping: { ...saved, key, columns, ...place(job) }, missing };
}
