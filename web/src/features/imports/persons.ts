import type { ColumnMapping, Mapping } from './model';

/** The fields of a person that columns can become, in the order in which they are offered. */
export const personFields = [
  'name',
  'key',
  'email',
  'position',
  'position_from',
  'position_to',
  'manager',
  'manager_from',
  'manager_to',
  'team',
  'team_from',
  'team_to',
  'department',
  'department_from',
  'department_to',
  'joined_on',
  'left_on',
] as const;
export type PersonField = (typeof personFields)[number];

/** The fields that name somebody or something else, which may be missing. */
export const referring: readonly string[] = ['manager', 'team', 'department'];

/** The fields that are days. */
export const isDay = (field: PersonField): boolean => /_(on|from|to)$/.test(field);

export function fieldsOf(mapping: Mapping, column: string): PersonField[] {
  return mapping.columns.filter((c) => c.column === column && c.field !== '').map((c) => c.field as PersonField);
}

/** Makes a column the given fields; another column that had one of them gives it up. */
export function setFields(mapping: Mapping, column: string, fields: readonly string[]): Mapping {
  const was = mapping.columns.find((c) => c.column === column) ?? { column, field: '' };
  const columns: ColumnMapping[] = [];
  let placed = false;
  for (const each of mapping.columns) {
    if (each.column !== column) {
      columns.push(each);
      continue;
    }
    if (!placed) columns.push(...(fields.length > 0 ? fields : ['']).map((field) => ({ ...was, field })));
    placed = true;
  }
  const others = new Set(columns.filter((c) => c.column !== column).map((c) => c.column));
  const kept = columns.filter((c) => c.column === column || !fields.includes(c.field));
  for (const name of others) {
    if (!kept.some((c) => c.column === name)) kept.push({ column: name, field: '' });
  }
  return { ...mapping, columns: kept };
}

/** Whether the rows say who they are. */
export function named(mapping: Mapping): boolean {
  return mapping.columns.some((c) => c.field === 'name' || c.field === 'key');
}
