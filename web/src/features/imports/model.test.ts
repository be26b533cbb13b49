import { describe, expect, it } from 'vitest';
import type { Field, ObjectInfo } from '@/features/objects/model';
import {
  adoptMapping,
  applyMend,
  type Column,
  changeColumn,
  correct,
  groupTroubles,
  keyColumn,
  mappingFromGuesses,
  mendsOf,
  toggleColumn,
} from './model';

const column = (index: number, name: string, samples: string[], guess: Partial<Column['guess']> = {}): Column => ({
  index,
  name,
  samples,
  values: [],
  guess: { confidence: 90, ...guess },
});

const job = {
  file: 'sales_pipeline.csv',
  sheet: '',
  header_row: 1,
  columns: [
    column(0, 'opportunity_id', ['1C1I7A6R', 'Z063OYW0'], { type: 'text' }),
    column(1, 'Deal Stage', ['Won', 'Lost', 'Won'], { type: 'choice' }),
    column(2, 'close_date', ['3/1/2017', '3/11/2017'], { type: 'date', order: 'mdy' }),
    column(3, '金额', ['1054', '4514'], { type: 'number' }),
  ],
};

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
  fields: [
    field('stage', 'Deal Stage', 'choice'),
    field('amount', '金额', 'money'),
    field('account', '客户', 'relation'),
  ],
};

describe('mappingFromGuesses', () => {
  it('matches columns to fields by guess and by name in either language', () => {
    const mapping = mappingFromGuesses(job, deals);
    expect(mapping.columns.map((c) => c.field)).toEqual(['', 'stage', '', 'amount']);
    expect(mapping.key).toBe('opportunity_id');
  });
  it('gives a field to one column only', () => {
    const twice = { ...job, columns: [column(0, '金额', ['1']), column(1, 'amount', ['2'])] };
    expect(mappingFromGuesses(twice, deals).columns.map((c) => c.field)).toEqual(['amount', '']);
  });
  it('makes a new object of a file, with keys for Chinese names, choices and the order of dates', () => {
    const { create_object: def, columns } = mappingFromGuesses(job);
    expect(def?.key).toBe('sales_pipeline');
    expect(def?.fields.map((f) => f.key)).toEqual(['opportunity_id', 'deal_stage', 'close_date', 'column_4']);
    expect(def?.fields[1]?.choices?.map((c) => c.name?.en)).toEqual(['Won', 'Lost']);
    expect(columns[2]?.date_order).toBe('mdy');
    expect(def?.title).toBe('opportunity_id');
  });
  it('takes no column for the key whose samples repeat', () => {
    expect(keyColumn([column(0, 'product_id', ['A', 'A'])])).toBe('');
  });
});

describe('changing a mapping', () => {
  it('keeps the new object in step', () => {
    const mapping = changeColumn(mappingFromGuesses(job), '金额', { type: 'money' });
    expect(mapping.create_object?.fields[3]?.type).toBe('money');
  });
  it('leaves a column out of a new object and takes it in again', () => {
    const out = toggleColumn(mappingFromGuesses(job), job.columns[1] as Column, false);
    expect(out.create_object?.fields.map((f) => f.key)).not.toContain('deal_stage');
    const back = toggleColumn(out, job.columns[1] as Column, true);
    expect(back.columns[1]?.field).toBe('deal_stage');
    expect(back.create_object?.fields).toHaveLength(4);
  });
  it('adds corrections and takes them back', () => {
    const mapping = correct(mappingFromGuesses(job, deals), 'Deal Stage', { Wonn: 'Won', '': 'x' });
    expect(mapping.columns[1]?.corrections).toEqual({ Wonn: 'Won' });
    expect(correct(mapping, 'Deal Stage', { Wonn: '' }).columns[1]?.corrections).toEqual({});
  });
  it('adopts a saved mapping and names what the file lacks', () => {
    const saved = mappingFromGuesses(
      { ...job, columns: [...job.columns, column(4, 'account', ['x'], { field: 'account' })] },
      deals,
    );
    const { mapping, missing } = adoptMapping(saved, job);
    expect(missing).toEqual(['account']);
    expect(mapping.columns).toHaveLength(4);
  });
});

describe('mends', () => {
  const trouble = (line: number, col: string, value: string, code: string) => ({
    line,
    column: col,
    value,
    code,
    reason: { zh: '', en: '' },
  });
  it('groups problems by column and cause, frequent values first', () => {
    const groups = groupTroubles([
      trouble(2, 'account', 'B', 'not_found'),
      trouble(3, 'account', 'A', 'not_found'),
      trouble(4, 'account', 'A', 'not_found'),
      trouble(4, '金额', 'x', 'number'),
    ]);
    expect(groups.map((g) => [g.column, g.lines.length, g.values])).toEqual([
      ['account', 3, ['A', 'B']],
      ['金额', 1, ['x']],
    ]);
  });
  it('always leaves a way on', () => {
    const mapping = mappingFromGuesses({ ...job, columns: [column(0, 'account', ['x'], { field: 'account' })] }, deals);
    const [group] = groupTroubles([trouble(2, 'account', 'B', 'not_found')]);
    if (!group) throw new Error('no group');
    expect(mendsOf(group, mapping, deals)).toEqual(['correct', 'create_missing', 'skip']);
    const mended = applyMend(mapping, 'account', 'create_missing');
    expect(mendsOf(group, mended, deals)).toEqual(['correct', 'skip']);
  });
  it('makes a field of a new object optional', () => {
    const mapping = mappingFromGuesses(job);
    const def = mapping.create_object;
    if (!def) throw new Error('no object');
    const strict = { ...mapping, create_object: { ...def, fields: def.fields.map((f) => ({ ...f, required: true })) } };
    const [group] = groupTroubles([trouble(2, 'close_date', '', 'required')]);
    if (!group) throw new Error('no group');
    expect(mendsOf(group, strict)).toEqual(['optional', 'skip']);
    const mended = applyMend(strict, 'close_date', 'optional');
    expect(mended.create_object?.fields[2]?.required).toBe(false);
    expect(mended.columns[2]?.empty).toBe('null');
  });
});

describe('changing the type of a new field', () => {
  it('takes away the choices that only the old type knows', () => {
    const mapping = {
      columns: [{ column: 'agent', field: 'agent' }],
      create_object: {
        key: 'deal',
        name: { zh: '商机', en: 'Deal' },
        fields: [{ key: 'agent', name: { zh: '销售', en: 'Agent' }, type: 'choice', choices: [{ key: 'anna' }] }],
      },
    } as unknown as Parameters<typeof changeColumn>[0];
    const field = changeColumn(mapping, 'agent', { type: 'person' }).create_object?.fields[0];
    expect(field).toMatchObject({ key: 'agent', type: 'person' });
    expect(field).not.toHaveProperty('choices');
  });
});
