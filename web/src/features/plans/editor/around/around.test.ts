import { describe, expect, it } from 'vitest';
import type { PlanDef } from '@/api/types';
import { emptyPlan, firstDay, listedRange, missingOfRule, opened, toSend } from '../draft';
import { cut } from '../fill';
import { percentShown, percentTyped, restOf100, sumOfPercents } from '../percent';
import { figureOf } from '../unit';
import { missingAround, parts } from './index';
import { type Share, waysToDivide, withRecipient, withShare } from './split';
import { aroundWords } from './words';

const filled = {
  ...emptyPlan(),
  metric: 'won',
  params: { size: '10' },
  reward: { kind: 'cash' as const, amount: '5' },
};

describe('sentences around a rule', () => {
  const sentences = Object.entries(aroundWords.table).filter(([, word]) => word.zh.includes('{'));
  it.each(sentences)('%s has the same blanks in both languages', (_, word) => {
    const blanks = (text: string) =>
      cut(text.replaceAll('{{', '<').replaceAll('}}', '>')).flatMap((piece) => ('blank' in piece ? [piece.blank] : []));
    expect(blanks(word.en).sort()).toEqual(blanks(word.zh).sort());
  });
});

describe('what stands around a rule', () => {
  it('a simple plan has nothing around it and sends nothing of it', () => {
    expect(missingOfRule(filled)).toEqual([]);
    expect(Object.keys(JSON.parse(JSON.stringify(toSend(filled, []))))).not.toEqual(
      expect.arrayContaining(['gates', 'split', 'ramp', 'budget']),
    );
  });

  it.each([
    ['gates', ['gates[0].metric', 'gates[0].value']],
    ['split', ['split[0].share', 'split[1].share']],
    ['ramp', ['ramp[0].below', 'ramp[0].percent']],
    ['budget', ['budget.amount']],
    ['excludes', ['excludes']],
    ['rollup', []],
    ['proration', []],
  ])('%s asks for its blanks once it is added, and for none once it is taken away', (key, blanks) => {
    const part = parts.find((each) => each.key === key);
    if (!part) throw new Error(key);
    const added = { ...filled, ...part.start(filled) };
    expect(part.present(added)).toBe(true);
    expect(missingAround(added)).toEqual(blanks);
    expect(missingAround({ ...added, ...part.none })).toEqual([]);
  });

  it('members divide by what each brought only where the metric credits them', () => {
    expect(waysToDivide({}, 'equal')).toEqual(['equal', 'days', 'value']);
    expect(waysToDivide({ team: 'queue' }, 'equal')).toEqual(['equal', 'days']);
    // What a file says is shown all the same, so that it can be changed.
    expect(waysToDivide({ team: 'queue' }, 'value')).toContain('value');
  });

  it('only cash is shared, cut or held to a budget, but a condition fits any reward', () => {
    const gift = { ...filled, reward: { kind: 'gift' as const } };
    expect(parts.filter((each) => each.offered(gift, undefined)).map((each) => each.key)).toEqual([
      'rollup',
      'excludes',
      'gates',
    ]);
  });

  it('records are left out by rules on records of one’s own only', () => {
    const offers = (def: Partial<PlanDef>, kind: 'count' | 'ratio' = 'count') =>
      parts
        .find((each) => each.key === 'excludes')
        ?.offered(
          { ...filled, ...def },
          {
            id: 1,
            key: 'm',
            name: { zh: '', en: '' },
            measure: { kind },
            scale: 0,
            percent: false,
            problems: [],
          },
        );
    expect(offers({})).toBe(true);
    expect(offers({ shape: 'improve' })).toBe(false);
    expect(offers({ rollup: 'tree' })).toBe(false);
    expect(offers({ earned: 'base' })).toBe(false);
    expect(offers({}, 'ratio')).toBe(false);
  });

  it('the last list that is emptied is left out altogether', () => {
    expect(JSON.stringify(toSend({ ...filled, gates: [], split: [] }, []))).not.toMatch(/gates|split/);
  });

  it('a plan on what another gives needs no metric and sends none', () => {
    const def = { ...filled, metric: '', earned: 'base' };
    expect(missingOfRule(def)).toEqual([]);
    expect(toSend(def, []).metric).toBeUndefined();
    expect(opened(toSend(def, [])).metric).toBe('');
  });
});

describe('shares', () => {
  const two: Share[] = [
    { to: 'self', share: '' },
    { to: 'manager', share: '' },
  ];
  it('of two the other is what is left', () => {
    expect(withShare(two, 0, '70%').map((each) => each.share)).toEqual(['70%', '30%']);
    expect(withShare(two, 1, '33.25%').map((each) => each.share)).toEqual(['66.75%', '33.25%']);
    expect(withShare(two, 0, '170%').map((each) => each.share)).toEqual(['170%', '']);
  });
  it('of three nothing is guessed', () => {
    const three: Share[] = [...two, { to: 'person', person: 'li', share: '10%' }];
    expect(withShare(three, 0, '50%').map((each) => each.share)).toEqual(['50%', '', '10%']);
  });
  it('are added up exactly', () => {
    expect(sumOfPercents(['33.33', '33.33', '33.34'])).toBe('100');
    expect(sumOfPercents(['0.1', '0.2'])).toBe('0.3');
    expect(sumOfPercents(['70', 'x'])).toBeUndefined();
    expect(restOf100('99.99999999')).toBe('0.00000001');
    expect(restOf100('130')).toBe('-30');
  });
  it('another recipient forgets the person', () => {
    expect(withRecipient({ to: 'person', person: 'li', share: '10%', by: 'days' }, 'manager')).toEqual({
      to: 'manager',
      share: '10%',
    });
  });
});

describe('percentages', () => {
  it.each([
    ['0.95', '95'],
    ['95%', '95'],
    ['0.9525', '95.25'],
    ['', ''],
  ])('%s reads %s', (kept, shown) => expect(percentShown(kept)).toBe(shown));
  it('what is typed always means per cent', () => {
    expect(percentTyped('95')).toBe('95%');
    expect(percentTyped('0.5%')).toBe('0.5%');
    expect(percentTyped('')).toBe('');
  });
  it('rates are typed in per cent; a sum of counts is computed too, and is a number', () => {
    const of = (kind: 'ratio' | 'combine', percent: boolean) =>
      figureOf({ id: 1, key: 'm', name: { zh: '', en: '' }, measure: { kind }, scale: 0, percent, problems: [] });
    expect(of('ratio', true).percent).toBe(true);
    expect(of('combine', false).percent).toBe(false);
  });
});

describe('listed periods', () => {
  const periods = [
    { label: '双十一', from: '2026-11-01', last: '2026-11-11' },
    { label: '六一八', from: '2026-06-01', last: '2026-06-18' },
  ];
  const def = { ...filled, period: 'custom' as const, periods };
  it('are tried from the first day to the last', () => {
    expect(listedRange(periods)).toEqual(['2026-06-01', '2026-11-12']);
    expect(listedRange([{ label: 'x', from: '2026-06-01', last: '' }])).toBeUndefined();
  });
  it('begin with the one that runs or comes next, or the first when all are over', () => {
    expect(firstDay(def, '2026-07-01', 1)).toBe('2026-11-01');
    expect(firstDay(def, '2026-11-11', 1)).toBe('2026-11-01');
    expect(firstDay(def, '2027-01-01', 1)).toBe('2026-06-01');
  });
  it('ask for names and days', () => {
    expect(missingAround({ ...def, periods: [{ label: ' ', from: '', last: '' }] })).toEqual([
      'periods[0].label',
      'periods[0].from',
      'periods[0].last',
    ]);
    expect(missingAround({ ...def, period: 'month' })).toEqual([]);
  });
});
