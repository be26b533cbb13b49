import { describe, expect, it } from 'vitest';
import {
  adoptMapping,
  type Column,
  changeColumn,
  correct,
  keyColumn,
  type Mapping,
  mappingForNew,
  rekey,
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

/** The same file on an object that is there. */
const onDeals: Mapping = {
  object: 'deal',
  columns: job.columns.map((c) => ({ column: c.name, field: c.name === 'Deal Stage' ? 'stage' : '' })),
};

describe('a new object of a file', () => {
  it('has keys for Chinese names, the order of dates, and leaves choices to the server, which saw all cells', () => {
    const { create_object: def, columns, key } = mappingForNew(job);
    expect(def?.key).toBe('sales_pipeline');
    expect(def?.fields.map((f) => f.key)).toEqual(['opportunity_id', 'deal_stage', 'close_date', 'column_4']);
    expect(def?.fields[1]).not.toHaveProperty('choices');
    expect(columns[2]?.date_order).toBe('mdy');
    expect(def?.title).toBe('opportunity_id');
    expect(key).toBe('opportunity_id');
  });
  it('takes no column for the key whose samples repeat', () => {
    expect(keyColumn([column(0, 'product_id', ['A', 'A'])])).toBe('');
  });
  it('points a guessed relation at the object that its values were found in', () => {
    const product = column(0, 'product', ['GTX Pro'], { type: 'relation', target: 'product' });
    expect(mappingForNew({ ...job, columns: [product] }).create_object?.fields[0]?.target).toBe('product');
  });
  it('keeps pointing at itself under another key', () => {
    const parent = column(0, 'parent', ['A'], { type: 'relation', target: 'sales_pipeline' });
    const mapping = rekey(mappingForNew({ ...job, columns: [parent] }), 'deal');
    expect(mapping.create_object).toMatchObject({ key: 'deal', fields: [{ target: 'deal' }] });
  });
});

describe('changing a mapping', () => {
  it('keeps the new object in step', () => {
    const mapping = changeColumn(mappingForNew(job), '金额', { type: 'money' });
    expect(mapping.create_object?.fields[3]?.type).toBe('money');
  });
  it('leaves a column out of a new object and takes it in again', () => {
    const out = toggleColumn(mappingForNew(job), job.columns[1] as Column, false);
    expect(out.create_object?.fields.map((f) => f.key)).not.toContain('deal_stage');
    const back = toggleColumn(out, job.columns[1] as Column, true);
    expect(back.columns[1]?.field).toBe('deal_stage');
    expect(back.create_object?.fields).toHaveLength(4);
  });
  it('adds corrections and takes them back', () => {
    const mapping = correct(onDeals, 'Deal Stage', { Wonn: 'Won', '': 'x' });
    expect(mapping.columns[1]?.corrections).toEqual({ Wonn: 'Won' });
    expect(correct(mapping, 'Deal Stage', { Wonn: '' }).columns[1]?.corrections).toEqual({});
  });
  it('adopts a saved mapping and names what the file lacks', () => {
    const saved = {
      ...onDeals,
      key: 'opportunity_id + Deal Stage',
      columns: [...onDeals.columns, { column: 'account', field: 'account' }],
    };
    const { mapping, missing } = adoptMapping(saved, job);
    expect(missing).toEqual(['account']);
    expect(mapping.columns).toHaveLength(4);
    expect(mapping.key).toBe('opportunity_id + Deal Stage');
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
