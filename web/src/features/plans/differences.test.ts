import { describe, expect, test } from 'vitest';
import type { PlanDef, ShapeInfo } from '@/api/types';
import { differences, type Name, type Said } from './differences';

const named = (zh: string) => ({ zh, en: zh });
const param = (key: string, more: object = {}) => ({
  key,
  name: named(`〈${key}〉`),
  help: named(''),
  required: false,
  type: 'decimal',
  ...more,
});
const shapes = [
  {
    key: 'rate',
    name: named('提成'),
    example: named(''),
    params: [
      param('mode', { choices: [{ value: 'whole', name: named('全额') }] }),
      param('tiers', { fields: [param('up_to'), param('rate'), param('fixed', { default: '0' })] }),
    ],
  },
  { key: 'every', name: named('每满'), example: named(''), params: [param('size')] },
] as ShapeInfo[];

const base: PlanDef = {
  key: 'p',
  name: named('提成'),
  metric: 'sales',
  shape: 'rate',
  params: { tiers: [{ up_to: '50000', rate: '5%' }, { rate: '8%' }] },
  reward: { kind: 'cash' },
  period: 'quarter',
};

const say = (said: Said) => (said === undefined ? '—' : 'text' in said ? said.text.zh : said.value);
const call = (name: Name) => ('place' in name ? `#${name.place}` : 'text' in name ? name.text.zh : name.field);
const lines = (after: Partial<PlanDef>, before: PlanDef = base) =>
  differences(before, { ...base, ...after }, shapes).map(
    (each) => `${each.path.map(call).join(' ')}: ${say(each.before)} → ${say(each.after)}`,
  );

describe('what two versions say differently', () => {
  test('nothing, whatever their dates', () => {
    expect(lines({ effective_from: '2026-01-01' })).toEqual([]);
    expect(lines({ subject: 'person', judged: 'at_once', audience: { member: 'any_day' } })).toEqual([]);
    expect(lines({ params: { tiers: [{ up_to: '50000', rate: '5%', fixed: '0' }, { rate: '8%' }] } })).toEqual([]);
  });
  test('a figure deep in the rule, by the names of its parameters', () => {
    expect(lines({ params: { tiers: [{ up_to: '60000', rate: '5%' }, { rate: '8%' }] } })).toEqual([
      '〈tiers〉 #1 〈up_to〉: 50000 → 60000',
    ]);
  });
  test('what was added and what was taken away', () => {
    expect(lines({ params: { mode: 'whole', tiers: [{ rate: '5%' }] } })).toEqual([
      '〈mode〉: — → 全额',
      '〈tiers〉 #1 〈up_to〉: 50000 → —',
      '〈tiers〉 #2 〈rate〉: 8% → —',
    ]);
  });
  test('another rule: nothing of the old one is compared with the new one', () => {
    expect(lines({ shape: 'every', params: { size: '10' } })).toEqual([
      'shape: 提成 → 每满',
      '〈size〉: — → 10',
      '〈tiers〉 #1 〈up_to〉: 50000 → —',
      '〈tiers〉 #1 〈rate〉: 5% → —',
      '〈tiers〉 #2 〈rate〉: 8% → —',
    ]);
  });
  test('what stands around the rule', () => {
    expect(lines({ name: named('新提成'), gates: [{ metric: 'rating', value: '95%' }] })).toEqual([
      'name: 提成 → 新提成',
      'gates #1 metric: — → rating',
      'gates #1 value: — → 95%',
    ]);
  });
});
