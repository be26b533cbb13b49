import type { Field } from '@/api/types';
import { group, shiftPoint, tidy } from '@/lib/decimal';
import type { Speak, Text } from '@/lib/i18n';
import { type Clause, fromCel, kindOf } from './cel';
import type { words } from './words';

type Say = Speak<Extract<keyof typeof words.table, string>>;

/** A condition in words, or null where it says more than clicking can. */
export function conditionText(
  cel: string,
  fields: readonly Field[],
  t: Say,
  nameOf: (text: Text) => string,
): string | null {
  const condition = fromCel(cel, fields);
  if (!condition) return null;
  return condition.clauses
    .map((clause) => clauseText(clause, fields, t, nameOf))
    .join(t(condition.join === 'all' ? 'and' : 'or'))
    .replaceAll(' ，', '，')
    .trim();
}

function clauseText(clause: Clause, fields: readonly Field[], t: Say, nameOf: (text: Text) => string): string {
  const field = fields.find((each) => each.key === clause.field);
  if (!field) return '';
  const name = nameOf(field.name) || field.key;
  if (kindOf(field) === 'bool') return t(clause.values[0] === 'true' ? 'says_yes' : 'says_no', { field: name });
  const value = clause.values.map((each) => valueText(each, field, t, nameOf)).join(t('or'));
  const op = t(clause.op === 'one_of' ? 'op_is' : `op_${clause.op}`);
  return t(clause.values.length > 0 ? 'clause' : 'clause_bare', { field: name, op, value });
}

function valueText(value: string, field: Field, t: Say, nameOf: (text: Text) => string): string {
  switch (kindOf(field)) {
    case 'number':
      return t('figure', { text: field.type === 'percent' ? `${shiftPoint(value, 2)} %` : group(tidy(value)) });
    case 'date':
      return t('figure', { text: value });
    default: {
      const choice = field.choices?.find((each) => each.key === value);
      return t('quoted', { text: (choice && nameOf(choice.name)) || value });
    }
  }
}
