import { type Field, isMoney, type Text, type Wire } from '@/features/objects/model';
import { type CellContext, showCell } from '@/features/records/values/cell';

/** Comparisons by the names that the server gives them. */
export type Operator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'contains' | 'starts' | 'in' | 'empty' | 'not_empty';

export interface Condition {
  field: string;
  op: Operator;
  value?: Wire;
}

/** The most conditions that one filter has. */
export const maxConditions = 20;

const ordered: Operator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'empty', 'not_empty'];
const wordy: Operator[] = ['contains', 'eq', 'ne', 'starts', 'empty', 'not_empty'];

/** Which comparisons make sense for a field; the first is the one offered. */
export function operatorsOf(field: Field): Operator[] {
  switch (field.type) {
    case 'text':
      return wordy;
    case 'longtext':
      return ['contains', 'empty', 'not_empty'];
    case 'bool':
      return ['eq', 'empty', 'not_empty'];
    case 'choice':
      return ['in', 'eq', 'ne', 'empty', 'not_empty'];
    case 'choices':
      return ['contains', 'empty', 'not_empty'];
    case 'person':
    case 'relation':
      return ['eq', 'ne', 'empty', 'not_empty'];
    case 'autonumber':
      return ['eq', 'contains'];
    case 'date':
    case 'datetime':
      return ['ge', 'le', 'eq', 'gt', 'lt', 'empty', 'not_empty'];
    default:
      return ordered;
  }
}

const plainWords: Record<Operator, Text> = {
  eq: { zh: '等于', en: 'is' },
  ne: { zh: '不等于', en: 'is not' },
  lt: { zh: '小于', en: 'is less than' },
  le: { zh: '不大于', en: 'is at most' },
  gt: { zh: '大于', en: 'is more than' },
  ge: { zh: '不小于', en: 'is at least' },
  contains: { zh: '包含', en: 'contains' },
  starts: { zh: '开头是', en: 'starts with' },
  in: { zh: '是其中之一', en: 'is one of' },
  empty: { zh: '为空', en: 'is empty' },
  not_empty: { zh: '不为空', en: 'is not empty' },
};

const dateWords: Partial<Record<Operator, Text>> = {
  eq: { zh: '在', en: 'is on' },
  lt: { zh: '早于', en: 'is before' },
  le: { zh: '不晚于', en: 'is on or before' },
  gt: { zh: '晚于', en: 'is after' },
  ge: { zh: '不早于', en: 'is on or after' },
};

/** A comparison in words: a date is "before", a figure is "less than". */
export function operatorWords(field: Field, op: Operator): Text {
  const dated = field.type === 'date' || field.type === 'datetime';
  return (dated && dateWords[op]) || plainWords[op];
}

export function takesValue(op: Operator): boolean {
  return op !== 'empty' && op !== 'not_empty';
}

/** Whether a condition says enough to be sent. */
export function isComplete(condition: Condition, fields: Field[]): boolean {
  const field = fields.find((f) => f.key === condition.field);
  if (!field || !operatorsOf(field).includes(condition.op)) return false;
  if (!takesValue(condition.op)) return true;
  const { value } = condition;
  if (value === undefined || value === null || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}

/** The conditions as the server takes them; unfinished ones are left out, an empty list is no filter. */
export function whereOf(conditions: Condition[], fields: Field[]): string | undefined {
  const ready = conditions.filter((c) => isComplete(c, fields));
  if (ready.length === 0) return undefined;
  return JSON.stringify(
    ready.map((c) =>
      takesValue(c.op)
        ? { field: c.field, op: c.op, value: isMoney(c.value) ? c.value.amount : c.value }
        : { field: c.field, op: c.op },
    ),
  );
}

/** Changing the field or the comparison keeps the value only where it still means something. */
export function reshape(condition: Condition, fields: Field[], next: Partial<Condition>): Condition {
  const was = fields.find((f) => f.key === condition.field);
  const now = fields.find((f) => f.key === (next.field ?? condition.field));
  if (!now) return { ...condition, ...next };
  const allowed = operatorsOf(now);
  const asked = next.op ?? condition.op;
  const op = allowed.includes(asked) ? asked : (allowed[0] as Operator);
  let value = 'value' in next ? next.value : condition.value;
  if (next.field && (was?.type !== now.type || now.type === 'choice' || now.type === 'relation')) value = undefined;
  if (op === 'in' && value !== undefined && !Array.isArray(value)) value = value === null ? [] : [String(value)];
  if (op !== 'in' && now.type === 'choice' && Array.isArray(value)) value = value[0];
  return takesValue(op) ? { field: now.key, op, value } : { field: now.key, op };
}

/** One condition as a sentence: “金额 不小于 ¥1,000.00”. */
export function conditionWords(condition: Condition, fields: Field[], context: CellContext): string {
  const field = fields.find((f) => f.key === condition.field);
  if (!field) return condition.field;
  const { language } = context;
  const head = `${field.name[language] || field.key} ${operatorWords(field, condition.op)[language]}`;
  if (!takesValue(condition.op) || condition.value === undefined) return head;
  const { value } = condition;
  const shown =
    Array.isArray(value) && field.type === 'choice'
      ? value.map((v) => showCell(field, v, context)).join(language === 'zh' ? '、' : ', ')
      : showCell(
          field.type === 'choices' && !Array.isArray(value) ? { ...field, type: 'choice' } : field,
          value,
          context,
        );
  return `${head} ${shown}`;
}

export interface SortKey {
  field: string;
  descending: boolean;
}

export function sortText(sort: SortKey[]): string | undefined {
  return sort.length === 0 ? undefined : sort.map((s) => (s.descending ? `-${s.field}` : s.field)).join(',');
}

/** What the address of the page says about the grid. Anything broken in it is passed over. */
export function readConditions(text: string | undefined): Condition[] {
  if (!text) return [];
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) return [];
    return list
      .filter((c): c is Condition => typeof c?.field === 'string' && typeof c?.op === 'string' && c.op in plainWords)
      .slice(0, maxConditions);
  } catch {
    return [];
  }
}

export function readSort(text: string | undefined): SortKey[] {
  return (text ?? '')
    .split(',')
    .filter(Boolean)
    .map((part) =>
      part.startsWith('-') ? { field: part.slice(1), descending: true } : { field: part, descending: false },
    );
}
