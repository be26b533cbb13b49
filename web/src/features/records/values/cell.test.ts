import { describe, expect, it } from 'vitest';
import type { Field, FieldType } from '@/features/objects/model';
import { type CellContext, editCell, readCell, showCell } from './cell';

const context: CellContext = { language: 'zh', zone: 'Asia/Shanghai', labels: { owner: { '12': '张伟' } } };

function field(type: FieldType, more: Partial<Field> = {}): Field {
  return {
    id: 1,
    key: type,
    name: { zh: '列', en: 'Column' },
    type,
    required: false,
    unique: false,
    scale: 0,
    currency: '',
    choices: [],
    target: '',
    ...more,
  };
}

const stage = field('choices', {
  choices: [
    { key: 'won', name: { zh: '赢单', en: 'Won' } },
    { key: 'lost', name: { zh: '输单', en: 'Lost' } },
  ],
});

describe('reading a cell', () => {
  it.each([
    ['text is trimmed and kept on one line', field('text'), ' a \n b ', 'a b'],
    ['number', field('number', { scale: 2 }), '1,234.5', '1234.5'],
    ['percent with its sign', field('percent', { scale: 4 }), '12.5%', '0.125'],
    ['percent without it', field('percent', { scale: 4 }), '12.5', '0.125'],
    ['money', field('money', { currency: 'CNY' }), '¥1.5万', { amount: '15000', currency: 'CNY' }],
    ['date', field('date'), '2026年3月5日', '2026-03-05'],
    ["moment in the organisation's zone", field('datetime'), '2026-03-31 16:00', '2026-03-31T08:00:00Z'],
    ['moment with its own offset', field('datetime'), '2026-03-31T16:00:00+01:00', '2026-03-31T15:00:00Z'],
    ['yes', field('bool'), '是', true],
    ['no', field('bool'), 'FALSE', false],
    ['choice by its name in either language', { ...stage, type: 'choice' as const }, 'Won', 'won'],
    ['several choices', stage, '赢单、lost', ['won', 'lost']],
    ['nothing', field('number'), '  ', null],
  ])('%s', (_, f, text, want) => expect(readCell(f as Field, text, context)).toEqual({ value: want }));

  it.each([
    ['too many decimals', field('number'), '1.5', '小数'],
    ['cents of yen', field('money', { currency: 'JPY' }), '10.5', '小数'],
    ['another currency', field('money', { currency: 'CNY' }), '$5', 'CNY'],
    ['a date that could be two', field('date'), '3/4/2026', '2026-03-31'],
    ['a day that is none', field('date'), '2026-02-30', '2026-03-31'],
    ['an unknown choice', stage, '赢单、x', '可选'],
    ['an empty required cell', field('text', { required: true }), ' ', '不能为空'],
    ['a number that Laurel gives', field('autonumber'), '7', '系统'],
  ])('says what is wrong with %s', (_, f, text, part) => {
    const read = readCell(f as Field, text, context);
    expect('problem' in read && read.problem.zh).toContain(part);
  });

  it('looks references up by name', () => {
    expect(readCell(field('person'), '张伟', context)).toEqual({ lookUp: '张伟' });
  });
});

describe('showing a cell', () => {
  it.each([
    ['number with its places', field('number', { scale: 2 }), '1234.5', '1,234.50'],
    ['percent', field('percent', { scale: 3 }), '0.125', '12.5%'],
    ['money below zero', field('money', { currency: 'CNY' }), { amount: '-1234.5', currency: 'CNY' }, '-¥1,234.50'],
    ['moment', field('datetime'), '2026-03-31T08:00:00Z', '2026-03-31 16:00'],
    ['choices', stage, ['won', 'lost'], '赢单、输单'],
    ['person', field('person', { key: 'owner' }), 12, '张伟'],
    ['person out of sight', field('person', { key: 'owner' }), 13, '#13'],
    ['no', field('bool'), false, '否'],
    ['nothing', field('money'), null, ''],
  ])('%s', (_, f, value, want) => expect(showCell(f as Field, value, context)).toBe(want));

  it('edits into a text that reads back as the same value', () => {
    const cases: [Field, Parameters<typeof showCell>[1]][] = [
      [field('percent', { scale: 4 }), '0.1234'],
      [field('money', { currency: 'CNY' }), { amount: '-12.5', currency: 'CNY' }],
      [field('datetime'), '2026-03-31T08:00:07Z'],
      [stage, ['lost']],
      [field('bool'), true],
    ];
    for (const [f, value] of cases) expect(readCell(f, editCell(f, value, context), context)).toEqual({ value });
  });
});
