import { describe, expect, it } from 'vitest';
import type { Field, FieldType } from '@/features/objects/model';
import {
  type Condition,
  conditionWords,
  isComplete,
  readConditions,
  readSort,
  reshape,
  sortText,
  whereOf,
} from './conditions';

function field(key: string, type: FieldType, more: Partial<Field> = {}): Field {
  return {
    id: 1,
    key,
    name: { zh: key, en: key },
    type,
    required: false,
    unique: false,
    scale: 2,
    currency: 'CNY',
    choices: [],
    target: '',
    ...more,
  };
}

const fields = [
  field('name', 'text'),
  field('amount', 'money', { name: { zh: '金额', en: 'Amount' } }),
  field('closed', 'date', { name: { zh: '成交日', en: 'Closed' } }),
  field('stage', 'choice', {
    choices: [
      { key: 'won', name: { zh: '赢单', en: 'Won' } },
      { key: 'lost', name: { zh: '输单', en: 'Lost' } },
    ],
  }),
  field('owner', 'person'),
];
const context = { language: 'zh' as const, zone: 'Asia/Shanghai', labels: { owner: { '7': '王芳' } } };

describe('conditions', () => {
  it('sends only the finished ones', () => {
    const list: Condition[] = [
      { field: 'name', op: 'contains', value: '' },
      { field: 'amount', op: 'ge', value: { amount: '1000', currency: 'CNY' } },
      { field: 'owner', op: 'empty', value: 7 },
      { field: 'gone', op: 'eq', value: 'x' },
      { field: 'stage', op: 'in', value: [] },
    ];
    expect(JSON.parse(whereOf(list, fields) ?? '')).toEqual([
      { field: 'amount', op: 'ge', value: '1000' },
      { field: 'owner', op: 'empty' },
    ]);
    expect(whereOf([{ field: 'name', op: 'eq' }], fields)).toBeUndefined();
  });
  it('refuses a comparison that the field does not know', () => {
    expect(isComplete({ field: 'owner', op: 'contains', value: 'x' }, fields)).toBe(false);
    expect(isComplete({ field: 'name', op: 'eq', value: 'x' }, fields)).toBe(true);
  });
  it('keeps a value only where it still means something', () => {
    expect(reshape({ field: 'name', op: 'contains', value: 'x' }, fields, { field: 'amount' })).toEqual({
      field: 'amount',
      op: 'eq',
      value: undefined,
    });
    expect(reshape({ field: 'stage', op: 'eq', value: 'won' }, fields, { op: 'in' })).toEqual({
      field: 'stage',
      op: 'in',
      value: ['won'],
    });
    expect(reshape({ field: 'stage', op: 'in', value: ['won', 'lost'] }, fields, { op: 'eq' })).toEqual({
      field: 'stage',
      op: 'eq',
      value: 'won',
    });
    expect(reshape({ field: 'name', op: 'eq', value: 'x' }, fields, { op: 'empty' })).toEqual({
      field: 'name',
      op: 'empty',
    });
  });
  it.each<[Condition, string]>([
    [{ field: 'amount', op: 'ge', value: { amount: '1000', currency: 'CNY' } }, '金额 不小于 ¥1,000.00'],
    [{ field: 'closed', op: 'lt', value: '2026-03-31' }, '成交日 早于 2026-03-31'],
    [{ field: 'stage', op: 'in', value: ['won', 'lost'] }, 'stage 是其中之一 赢单、输单'],
    [{ field: 'owner', op: 'eq', value: 7 }, 'owner 等于 王芳'],
    [{ field: 'owner', op: 'empty' }, 'owner 为空'],
  ])('reads as words', (condition, words) => expect(conditionWords(condition, fields, context)).toBe(words));
  it('passes over a broken address', () => {
    expect(readConditions('{')).toEqual([]);
    expect(readConditions('[{"field":"a","op":"drop table"},{"field":"a","op":"eq","value":1}]')).toHaveLength(1);
  });
  it('reads and writes the order', () => {
    expect(sortText(readSort('-amount,closed'))).toBe('-amount,closed');
    expect(sortText([])).toBeUndefined();
  });
});
