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
const tiers = [param('up_to'), param('rate', { type: 'percent' }), param('fixed', { type: 'amount', default: '0' })];
const shapes = [
  {
    key: 'rate',
    name: named('提成'),
    example: named(''),
    params: [
      param('mode', { type: 'choice', choices: [{ value: 'whole', name: named('全额') }] }),
      param('tiers', { type: 'list', fields: tiers }),
      param('rows', {
        type: 'list',
        fields: [param('value', { type: 'text' }), param('tiers', { type: 'list', fields: tiers })],
      }),
      param('cap', { type: 'amount' }),
    ],
  },
  {
    key: 'reach',
    name: named('达到'),
    example: named(''),
    params: [param('steps', { type: 'list', fields: [param('at'), param('reward', { type: 'reward' })] })],
  },
  {
    key: 'streak',
    name: named('连续'),
    example: named(''),
    params: [
      param('times', { type: 'integer' }),
      param('rule', {
        type: 'object',
        fields: [param('shape', { type: 'key' }), param('params', { type: 'object' })],
      }),
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

describe('how what they say is read', () => {
  const readings = (after: Partial<PlanDef>) =>
    Object.fromEntries(
      differences(base, { ...base, ...after }, shapes).map((each) => [
        each.path.map(call).join(' '),
        each.after && 'as' in each.after ? each.after.as : undefined,
      ]),
    );
  test('bounds in the metric’s unit, rates as percentages, amounts in the reward’s currency', () => {
    const euro = { kind: 'cash' as const, currency: 'EUR' };
    const params = { cap: '900', tiers: [{ up_to: '60000', rate: '0.06', fixed: '20' }, { rate: '9%' }] };
    expect(readings({ reward: euro, params })).toEqual({
      '〈cap〉': { amount: euro },
      '〈tiers〉 #1 〈up_to〉': { figure: 'sales' },
      '〈tiers〉 #1 〈rate〉': 'percent',
      '〈tiers〉 #1 〈fixed〉': { amount: euro },
      '〈tiers〉 #2 〈rate〉': 'percent',
      'reward currency': undefined,
    });
  });
  test('bounds of attainment are percentages', () => {
    const params = { on: 'attainment', tiers: [{ up_to: '1.2', rate: '5%' }, { rate: '8%' }] };
    expect(readings({ params })).toMatchObject({ '〈tiers〉 #1 〈up_to〉': 'percent' });
  });
  test('a step’s own reward, and the rule within a rule, by their own means', () => {
    const points = { kind: 'points' as const, amount: '20' };
    expect(readings({ shape: 'reach', params: { steps: [{ at: '5', reward: points }] } })).toMatchObject({
      '〈steps〉 #1 〈at〉': { figure: 'sales' },
      '〈steps〉 #1 〈reward〉 amount': { amount: points },
    });
    const rule = { shape: 'rate', params: { tiers: [{ rate: '5%' }] } };
    expect(readings({ shape: 'streak', params: { times: 3, rule } })).toMatchObject({
      '〈rule〉 〈params〉 〈tiers〉 #1 〈rate〉': 'percent',
    });
  });
  test('what stands around the rule: names, shares and money', () => {
    expect(
      readings({
        gates: [{ metric: 'rating', value: '0.95' }],
        split: [{ to: 'person', person: 'E1', share: '0.3' }],
        ramp: [{ below: 3, percent: '50%' }],
        budget: { amount: '1000' },
        audience: { teams: ['east'], persons: ['E2'] },
        excludes: ['other'],
      }),
    ).toEqual({
      'gates #1 metric': 'metric',
      'gates #1 value': { figure: 'rating' },
      'split #1 to': undefined,
      'split #1 person': 'person',
      'split #1 share': 'percent',
      'ramp #1 below': undefined,
      'ramp #1 percent': 'percent',
      'budget amount': { amount: { kind: 'cash', currency: undefined } },
      'audience teams #1': 'unit',
      'audience persons #1': 'person',
      'excludes #1': 'plan',
    });
  });
  test('a row for records without a value is said, and read as a value of the field', () => {
    const rows = [{ value: '', tiers: [{ rate: '5%' }] }];
    expect(readings({ params: { rows } })).toMatchObject({ '〈rows〉 #1 〈value〉': 'apart' });
  });
});
