import type { Field } from '@/api/types';

/**
 * The part of CEL that is built by clicking: comparisons of one field joined by all (&&) or any (||).
 * Text outside of this part is kept as text; nothing is lost by opening it.
 */
export type Operator =
  | 'is'
  | 'is_not'
  | 'one_of'
  | 'at_least'
  | 'above'
  | 'at_most'
  | 'below'
  | 'contains'
  | 'has'
  | 'empty'
  | 'filled';

export interface Clause {
  field: string;
  op: Operator;
  /** One value, or several for one_of. Numbers as typed; percentages as fractions. */
  values: string[];
}

export interface Condition {
  join: 'all' | 'any';
  clauses: Clause[];
}

type Kind = 'text' | 'number' | 'date' | 'bool' | 'choice' | 'choices' | 'ref';

const kinds: Record<Field['type'], Kind> = {
  text: 'text',
  longtext: 'text',
  autonumber: 'text',
  number: 'number',
  money: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'date',
  bool: 'bool',
  choice: 'choice',
  choices: 'choices',
  person: 'ref',
  relation: 'ref',
};

const byKind: Record<Kind, readonly Operator[]> = {
  text: ['is', 'is_not', 'contains', 'empty', 'filled'],
  number: ['at_least', 'above', 'at_most', 'below', 'is', 'is_not', 'empty', 'filled'],
  date: ['at_least', 'above', 'at_most', 'below', 'is', 'empty', 'filled'],
  bool: ['is'],
  choice: ['is', 'is_not', 'one_of', 'empty', 'filled'],
  choices: ['has', 'empty', 'filled'],
  ref: ['filled', 'empty'],
};

const signs: Partial<Record<Operator, string>> = {
  is: '==',
  is_not: '!=',
  at_least: '>=',
  above: '>',
  at_most: '<=',
  below: '<',
};

export function kindOf(field: Field): Kind {
  return kinds[field.type];
}

export function operatorsFor(field: Field): readonly Operator[] {
  return byKind[kindOf(field)];
}

export function needsValue(op: Operator): boolean {
  return op !== 'empty' && op !== 'filled';
}

/** True when the clause says something; unfinished ones are left out of the text. */
export function isComplete(clause: Clause, fields: readonly Field[]): boolean {
  const field = fields.find((each) => each.key === clause.field);
  if (!field) return false;
  if (!needsValue(clause.op)) return true;
  if (clause.values.length === 0 || clause.values.some((value) => value === '')) return false;
  return kindOf(field) !== 'number' || clause.values.every((value) => decimal.test(value));
}

export function toCel(condition: Condition, fields: readonly Field[]): string {
  return condition.clauses
    .filter((clause) => isComplete(clause, fields))
    .map((clause) => clauseToCel(clause, fields))
    .join(condition.join === 'all' ? ' && ' : ' || ');
}

function clauseToCel({ field: key, op, values }: Clause, fields: readonly Field[]): string {
  const field = fields.find((each) => each.key === key);
  const write = (value: string) => {
    const kind = field ? kindOf(field) : 'text';
    return kind === 'number' || kind === 'bool' ? value : JSON.stringify(value);
  };
  const first = values[0] ?? '';
  switch (op) {
    case 'empty':
      return `${key} == null`;
    case 'filled':
      return `${key} != null`;
    case 'contains':
      return `${key}.contains(${write(first)})`;
    case 'has':
      return `${JSON.stringify(first)} in ${key}`;
    case 'one_of':
      return `${key} in [${values.map(write).join(', ')}]`;
    default:
      return `${key} ${signs[op]} ${write(first)}`;
  }
}

const decimal = /^-?\d+(\.\d+)?$/;
const literal = '("(?:[^"\\\\]|\\\\.)*"|-?\\d+(?:\\.\\d+)?|true|false|null)';
const name = '([a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)*)';
const comparison = new RegExp(`^${name}\\s*(==|!=|>=|<=|>|<)\\s*${literal}$`);
const containing = new RegExp(`^${name}\\.contains\\(\\s*${literal}\\s*\\)$`);
const having = new RegExp(`^${literal}\\s+in\\s+${name}$`);
const listing = new RegExp(`^${name}\\s+in\\s*\\[(.*)\\]$`);

/** The text as clauses, or null where it says more than clicking can. */
export function fromCel(text: string, fields: readonly Field[]): Condition | null {
  const trimmed = text.trim();
  if (trimmed === '') return { join: 'all', clauses: [] };
  const any = split(trimmed, '||');
  const all = split(trimmed, '&&');
  if (!any || !all || (any.length > 1 && all.length > 1)) return null;
  const clauses = (any.length > 1 ? any : all).map((part) => clauseFromCel(part.trim(), fields));
  if (clauses.some((clause) => clause === null)) return null;
  return { join: any.length > 1 ? 'any' : 'all', clauses: clauses as Clause[] };
}

function clauseFromCel(text: string, fields: readonly Field[]): Clause | null {
  const match = matchClause(text);
  if (!match) return null;
  const field = fields.find((each) => each.key === match.field);
  if (!field || !operatorsFor(field).includes(match.op)) return null;
  // What would be written back must be what was read: "5" of a text is not 5 of a number.
  return clauseToCel(match, fields).replace(/\s/g, '') === text.replace(/\s/g, '') ? match : null;
}

function matchClause(text: string): Clause | null {
  let found = comparison.exec(text);
  if (found) {
    const [, field = '', sign = '', value = ''] = found;
    if (value === 'null') {
      if (sign === '==') return { field, op: 'empty', values: [] };
      return sign === '!=' ? { field, op: 'filled', values: [] } : null;
    }
    const op = (Object.keys(signs) as Operator[]).find((each) => signs[each] === sign);
    return op ? { field, op, values: [plain(value)] } : null;
  }
  found = containing.exec(text);
  if (found) return { field: found[1] ?? '', op: 'contains', values: [plain(found[2] ?? '')] };
  found = having.exec(text);
  if (found) return { field: found[2] ?? '', op: 'has', values: [plain(found[1] ?? '')] };
  found = listing.exec(text);
  if (found) {
    const items = split(found[2] ?? '', ',')?.map((item) => item.trim());
    if (!items?.every((item) => new RegExp(`^${literal}$`).test(item))) return null;
    return { field: found[1] ?? '', op: 'one_of', values: items.map(plain) };
  }
  return null;
}

function plain(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

/** Cuts at a separator outside of strings and brackets; null where a string does not end. */
function split(text: string, separator: string): string[] | null {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string;
    if (quoted) {
      if (sign === '\\') at++;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if ('([{'.includes(sign)) depth++;
    else if (')]}'.includes(sign)) depth--;
    else if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at));
      start = at + separator.length;
      at = start - 1;
    }
  }
  if (quoted || depth !== 0) return null;
  parts.push(text.slice(start));
  return parts;
}
