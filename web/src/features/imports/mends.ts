import type { ObjectInfo } from '@/features/objects/model';
import { type ColumnMapping, changeColumn, type Mapping, type Mend, targetType } from './model';

/** What a reader can do about all problems of a kind in a column. */
export type MendAction =
  | 'accept'
  | 'correct'
  | 'month_first'
  | 'day_first'
  | 'empty'
  | 'as_text'
  | 'create_missing'
  | 'optional'
  | 'remap'
  | 'skip';

const created = ['relation', 'person', 'choice', 'choices', 'manager', 'team', 'department'];

/** What can be done about a group of problems, the server's suggestion first: there is always a way on. */
export function mendsOf(mend: Mend, mapping: Mapping, target?: ObjectInfo): MendAction[] {
  const column = mapping.columns.find((c) => c.column === mend.column);
  const out: MendAction[] = [];
  if (column) out.push(...suggested(mend, column, mapping, target));
  if (mend.values.length > 0 && column) out.push('correct');
  if (column && created.some((type) => holds(mapping, mend.column, type, target)) && !column.create_missing)
    out.push('create_missing');
  const field = mapping.create_object?.fields.find((f) => f.key === column?.field);
  if (field?.required && mend.values.length === 0) out.push('optional');
  out.push('skip');
  return out;
}

function suggested(mend: Mend, column: ColumnMapping, mapping: Mapping, target?: ObjectInfo): MendAction[] {
  // One suggestion is shown in full and can be taken at once; several are looked over first.
  if (Object.keys(mend.corrections ?? {}).length === 1) return ['accept'];
  switch (mend.action) {
    case 'date_order':
      return [
        ...(column.date_order === 'mdy' ? [] : ['month_first' as const]),
        ...(column.date_order === 'dmy' ? [] : ['day_first' as const]),
      ];
    case 'empty':
      return column.empty === 'null' ? [] : ['empty'];
    case 'type':
      return mapping.create_object && targetType(mapping, mend.column, target) !== 'text' ? ['as_text'] : ['remap'];
    default:
      return [];
  }
}

/** Whether a column is of a type, or of people a field, by this name. */
function holds(mapping: Mapping, column: string, type: string, target?: ObjectInfo): boolean {
  if (mapping.persons) return mapping.columns.some((c) => c.column === column && c.field === type);
  return targetType(mapping, column, target) === type;
}

/** Carries out a mend that needs no further word from the person. */
export function applyMend(mapping: Mapping, mend: Mend, action: MendAction): Mapping {
  const change = (next: Partial<ColumnMapping>) => changeColumn(mapping, mend.column, next);
  switch (action) {
    case 'accept': {
      const was = mapping.columns.find((c) => c.column === mend.column)?.corrections ?? {};
      return change({ corrections: { ...was, ...mend.corrections } });
    }
    case 'month_first':
      return change({ date_order: 'mdy' });
    case 'day_first':
      return change({ date_order: 'dmy' });
    case 'empty':
      return change({ empty: 'null' });
    case 'as_text':
      return change({ type: 'text' });
    case 'create_missing':
      return change({ create_missing: true });
    case 'optional': {
      const key = mapping.columns.find((c) => c.column === mend.column)?.field ?? '';
      return makeOptional(change({ empty: 'null' }), key);
    }
    default:
      return mapping;
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
