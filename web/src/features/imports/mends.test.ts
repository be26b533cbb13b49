import { describe, expect, it } from 'vitest';
import type { Field, ObjectInfo } from '@/features/objects/model';
import { applyMend, mendsOf } from './mends';
import type { Mapping, Mend } from './model';

const field = (key: string, zh: string, type: Field['type']): Field => ({
  id: 1,
  key,
  name: { zh, en: key },
  type,
  required: false,
  unique: false,
  scale: 0,
  currency: '',
  choices: [],
  target: '',
});
const deals: ObjectInfo = {
  id: 1,
  key: 'deal',
  name: { zh: '商机', en: 'Deal' },
  title_field: 'name',
  version: 1,
  count: 0,
  fields: [field('closed', '关闭日', 'date'), field('amount', '金额', 'money'), field('account', '客户', 'relation')],
};

const onDeals: Mapping = {
  object: 'deal',
  columns: [
    { column: 'account', field: 'account' },
    { column: 'closed', field: 'closed' },
    { column: 'amount', field: 'amount' },
  ],
};

const mend = (column: string, values: string[], more: Partial<Mend> = {}): Mend => ({
  code: 'x',
  column,
  count: 1480,
  reason: { zh: '', en: '' },
  values,
  suggestion: { zh: '', en: '' },
  action: 'correct',
  ...more,
});

describe('mends', () => {
  it('always leaves a way on', () => {
    expect(mendsOf(mend('account', ['B']), onDeals, deals)).toEqual(['correct', 'create_missing', 'skip']);
    const mended = applyMend(onDeals, mend('account', ['B']), 'create_missing');
    expect(mendsOf(mend('account', ['B']), mended, deals)).toEqual(['correct', 'skip']);
    expect(mendsOf(mend('', []), onDeals, deals)).toEqual(['skip']);
  });
  it('takes the one suggestion at once, and several only after a look', () => {
    const one = mend('account', ['GTXPro'], { corrections: { GTXPro: 'GTX Pro' } });
    expect(mendsOf(one, onDeals, deals)[0]).toBe('accept');
    expect(applyMend(onDeals, one, 'accept').columns[0]?.corrections).toEqual({ GTXPro: 'GTX Pro' });
    const two = { ...one, corrections: { GTXPro: 'GTX Pro', MGSpecial: 'MG Special' } };
    expect(mendsOf(two, onDeals, deals)[0]).toBe('correct');
  });
  it('follows what the server suggests: the order of dates, no value, another type', () => {
    const dates = mend('closed', ['3/4/2026'], { action: 'date_order' });
    expect(mendsOf(dates, onDeals, deals).slice(0, 2)).toEqual(['month_first', 'day_first']);
    const american = applyMend(onDeals, dates, 'month_first');
    expect(american.columns[1]?.date_order).toBe('mdy');
    expect(mendsOf(dates, american, deals)[0]).toBe('day_first');

    const nothing = mend('amount', ['-'], { action: 'empty' });
    expect(mendsOf(nothing, onDeals, deals)[0]).toBe('empty');
    expect(applyMend(onDeals, nothing, 'empty').columns[2]?.empty).toBe('null');

    const wrong = mend('amount', ['many'], { action: 'type' });
    expect(mendsOf(wrong, onDeals, deals)[0], 'an object that is there keeps its types').toBe('remap');
    const fresh: Mapping = {
      ...onDeals,
      create_object: { key: 'd', name: { zh: '', en: '' }, fields: [{ key: 'amount', name: {}, type: 'money' }] },
    } as Mapping;
    expect(mendsOf(wrong, fresh)[0]).toBe('as_text');
    expect(applyMend(fresh, wrong, 'as_text').create_object?.fields[0]?.type).toBe('text');
  });
  it('makes a field of a new object optional', () => {
    const strict: Mapping = {
      ...onDeals,
      create_object: {
        key: 'd',
        name: { zh: '', en: '' },
        fields: [{ key: 'closed', name: {}, type: 'date', required: true }],
      },
    } as Mapping;
    const blank = mend('closed', [], { action: 'optional' });
    expect(mendsOf(blank, strict)).toEqual(['optional', 'skip']);
    const mended = applyMend(strict, blank, 'optional');
    expect(mended.create_object?.fields[0]?.required).toBe(false);
    expect(mended.columns[1]?.empty).toBe('null');
  });
  it('makes the managers, teams and departments of people', () => {
    const people: Mapping = {
      object: '',
      persons: true,
      columns: [
        { column: 'manager', field: 'manager' },
        { column: 'manager', field: 'team' },
        { column: 'mail', field: 'email' },
      ],
    };
    expect(mendsOf(mend('manager', ['Dustin']), people)).toContain('create_missing');
    expect(mendsOf(mend('mail', ['no']), people)).not.toContain('create_missing');
    const mended = applyMend(people, mend('manager', ['Dustin']), 'create_missing');
    expect(mended.columns.slice(0, 2).map((c) => c.create_missing)).toEqual([true, true]);
  });
});
