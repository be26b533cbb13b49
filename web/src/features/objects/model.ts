// What an object is to the web application: its fields, the values they hold on the wire, and the fifteen types.

import type { Text } from '@/lib/i18n';

export type { Text };

export type FieldType =
  | 'text'
  | 'longtext'
  | 'number'
  | 'money'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'bool'
  | 'choice'
  | 'choices'
  | 'person'
  | 'relation'
  | 'autonumber';

export interface Choice {
  key: string;
  name: Text;
  color?: string;
}

export interface Field {
  id: number;
  key: string;
  name: Text;
  type: FieldType;
  required: boolean;
  unique: boolean;
  scale: number;
  currency: string;
  choices: Choice[];
  /** The object that a relation points at. */
  target: string;
}

export interface ObjectInfo {
  id: number;
  key: string;
  name: Text;
  title_field: string;
  version: number;
  fields: Field[];
  count: number;
}

/** The declarative form that creates or changes an object. */
export interface FieldDef {
  key: string;
  name: Text;
  type: FieldType;
  required?: boolean;
  unique?: boolean;
  scale?: number;
  currency?: string;
  choices?: Choice[];
  target?: string;
}

export interface ObjectDef {
  key: string;
  name: Text;
  title?: string;
  fields: FieldDef[];
}

export interface Money {
  amount: string;
  currency: string;
}

/** A value as it travels: numbers are decimal strings, references are ids. */
export type Wire = null | boolean | string | number | string[] | Money;

export function isMoney(value: Wire | undefined): value is Money {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'amount' in value;
}

/** Whether two values on the wire are the same value. */
export function sameValue(a: Wire | undefined, b: Wire | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** In the order in which the form offers them. */
export const FIELD_TYPES: { type: FieldType; name: Text; hint: Text }[] = [
  {
    type: 'text',
    name: { zh: '文本', en: 'Text' },
    hint: { zh: '一行字，如名称、电话', en: 'One line: a name, a phone number' },
  },
  {
    type: 'longtext',
    name: { zh: '长文本', en: 'Long text' },
    hint: { zh: '多行，如备注', en: 'Several lines: notes' },
  },
  {
    type: 'number',
    name: { zh: '数字', en: 'Number' },
    hint: { zh: '件数、评分，可定小数位', en: 'A count or score, with set decimals' },
  },
  {
    type: 'money',
    name: { zh: '金额', en: 'Money' },
    hint: { zh: '精确到分，带币种', en: 'Exact to the cent, with its currency' },
  },
  {
    type: 'percent',
    name: { zh: '百分比', en: 'Percent' },
    hint: { zh: '如折扣、完成率', en: 'A discount, a completion rate' },
  },
  { type: 'date', name: { zh: '日期', en: 'Date' }, hint: { zh: '某一天', en: 'A day' } },
  { type: 'datetime', name: { zh: '日期时间', en: 'Date and time' }, hint: { zh: '某一刻', en: 'A moment' } },
  { type: 'bool', name: { zh: '是否', en: 'Yes or no' }, hint: { zh: '打勾', en: 'A tick' } },
  { type: 'choice', name: { zh: '单选', en: 'Choice' }, hint: { zh: '从几项里选一项', en: 'One of a few' } },
  {
    type: 'choices',
    name: { zh: '多选', en: 'Several choices' },
    hint: { zh: '从几项里选多项', en: 'Several of a few' },
  },
  {
    type: 'person',
    name: { zh: '人员', en: 'Person' },
    hint: { zh: '负责人、签单人', en: 'An owner, whoever closed it' },
  },
  {
    type: 'relation',
    name: { zh: '关联', en: 'Relation' },
    hint: { zh: '指向另一张表的记录', en: 'Points at a record of another object' },
  },
  {
    type: 'autonumber',
    name: { zh: '自动编号', en: 'Auto number' },
    hint: { zh: '系统依次编号', en: 'Numbered in order by Laurel' },
  },
];

export function typeName(type: string): Text {
  return FIELD_TYPES.find((t) => t.type === type)?.name ?? { zh: type, en: type };
}

/** Keys of objects and fields: what the server accepts. */
export const KEY_PATTERN = /^[a-z][a-z0-9_]{0,40}$/;

/** A key made of a name: "Deal stage" is "deal_stage"; a Chinese name gives the fallback. */
export function keyOf(name: string, fallback: string, taken: Iterable<string> = []): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 36);
  const base = plain || fallback;
  const used = new Set(taken);
  let key = base;
  for (let n = 2; used.has(key); n++) key = `${base}_${n}`;
  return key;
}

/** The field that names a record: the stated one, else the first text. */
export function titleField(object: ObjectInfo): Field | undefined {
  return (
    object.fields.find((f) => f.key === object.title_field) ??
    object.fields.find((f) => f.type === 'text') ??
    object.fields[0]
  );
}
