import { describe, expect, it } from 'vitest';
import type { Field } from '@/api/types';
import { type Condition, fromCel, toCel } from './cel';

const field = (key: string, type: Field['type']): Field => ({
  id: 1,
  key,
  name: { zh: key, en: key },
  type,
  required: false,
  unique: false,
  scale: 2,
});
const fields = [
  field('stage', 'choice'),
  field('amount', 'money'),
  field('close_date', 'date'),
  field('title', 'text'),
  field('won', 'bool'),
  field('tags', 'choices'),
  field('owner', 'person'),
];

describe('conditions by clicking and their text', () => {
  const cases: [string, string, Condition][] = [
    ['nothing', '', { join: 'all', clauses: [] }],
    ['a choice', 'stage == "won"', { join: 'all', clauses: [{ field: 'stage', op: 'is', values: ['won'] }] }],
    [
      'all of two',
      'stage == "won" && amount >= 1000.50',
      {
        join: 'all',
        clauses: [
          { field: 'stage', op: 'is', values: ['won'] },
          { field: 'amount', op: 'at_least', values: ['1000.50'] },
        ],
      },
    ],
    [
      'any of two',
      'won == true || close_date < "2026-03-31"',
      {
        join: 'any',
        clauses: [
          { field: 'won', op: 'is', values: ['true'] },
          { field: 'close_date', op: 'below', values: ['2026-03-31'] },
        ],
      },
    ],
    [
      'one of several',
      'stage in ["won", "lost"]',
      { join: 'all', clauses: [{ field: 'stage', op: 'one_of', values: ['won', 'lost'] }] },
    ],
    ['has a tag', '"vip" in tags', { join: 'all', clauses: [{ field: 'tags', op: 'has', values: ['vip'] }] }],
    ['is filled', 'owner != null', { join: 'all', clauses: [{ field: 'owner', op: 'filled', values: [] }] }],
    [
      'quotes and separators inside a text',
      'title.contains("a \\"b\\" && c")',
      { join: 'all', clauses: [{ field: 'title', op: 'contains', values: ['a "b" && c'] }] },
    ],
  ];
  it.each(cases)('%s: reads the text', (_, text, condition) => {
    expect(fromCel(text, fields)).toEqual(condition);
  });
  it.each(cases)('%s: writes the text', (_, text, condition) => {
    expect(toCel(condition, fields)).toBe(text);
  });

  it.each([
    ['both joins', 'won == true && stage == "won" || amount > 1'],
    ['a calculation', 'amount * 2 > 100'],
    ['an unknown field', 'nothing == "x"'],
    ['a number where text is meant', 'title == 5'],
    ['brackets', '(stage == "won")'],
    ['an open string', 'title == "x'],
  ])('%s stays text', (_, text) => {
    expect(fromCel(text, fields)).toBeNull();
  });

  it('leaves unfinished clauses out', () => {
    const condition: Condition = {
      join: 'all',
      clauses: [
        { field: 'amount', op: 'at_least', values: ['12x'] },
        { field: 'stage', op: 'is', values: [''] },
        { field: 'title', op: 'filled', values: [] },
      ],
    };
    expect(toCel(condition, fields)).toBe('title != null');
  });
});
