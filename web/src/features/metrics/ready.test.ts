import { describe, expect, it } from 'vitest';
import type { FieldSlot, MetricSet, ObjectInfo, ReadyLine } from '@/api/types';
import { fieldsFor, partsOf, picked, say } from './ready';

const name = { zh: '', en: '' };
const metric = (key: string, parts: string[] = []) => ({ key, name, needs: [], parts });
const set: MetricSet = {
  key: 'sales',
  name,
  about: name,
  objects: [],
  metrics: [metric('won'), metric('closed'), metric('rate', ['won', 'closed']), metric('cash')],
};
const line = (key: string, state: ReadyLine['state'] = 'new'): ReadyLine => ({
  metric: { key, name, measure: { kind: 'count' } },
  state,
  missing: [],
});

describe('what the reader says of a slot', () => {
  it('lets what hangs on it be guessed anew, and nothing else', () => {
    const said = { deal: 'a', 'deal.stage': 's', 'deal.stage.won': 'w', dealer: 'd', customer: '' };
    expect(say(said, 'deal', 'b')).toEqual({ deal: 'b', dealer: 'd', customer: '' });
    expect(say(said, 'deal.stage', '')).toEqual({ ...said, 'deal.stage': '', 'deal.stage.won': undefined });
  });
});

describe('what is added', () => {
  const lines = [line('won'), line('closed', 'exists'), line('rate'), line('cash', 'missing')];
  it('is what can be, less what is not ticked', () => {
    expect(picked(set, lines, new Set())).toEqual(['won', 'rate']);
    expect(picked(set, lines, new Set(['rate']))).toEqual(['won']);
  });
  it('has the parts of what is ticked, as far as they are not there', () => {
    expect(picked(set, lines, new Set(['won']))).toEqual(['won', 'rate']);
    expect([...partsOf(set, lines, new Set(['won']))]).toEqual(['won']);
    expect(picked(set, lines, new Set(['won', 'rate']))).toEqual([]);
  });
});

it('offers fields of the right type, and relations to the right table', () => {
  const field = (key: string, type: string, target?: string) => ({ key, type, target, name });
  const object = {
    fields: [field('d', 'date'), field('t', 'text'), field('x', 'relation', 'a'), field('y', 'relation', 'b')],
  } as unknown as ObjectInfo;
  const slot = (types: string[], target?: string): FieldSlot => ({ slot: 's', name, types, target, called: [] });
  const keys = (of: FieldSlot, mapping = {}) => fieldsFor(of, object, mapping).map((each) => each.key);
  expect(keys(slot(['date', 'datetime']))).toEqual(['d']);
  expect(keys(slot(['relation'], 'o'), { o: 'b' })).toEqual(['y']);
  expect(keys(slot(['relation'], 'o'), { o: '' })).toEqual(['x', 'y']);
});
