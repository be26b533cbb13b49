import { describe, expect, it } from 'vitest';
import { exampleOf, tidyNumber } from './blanks';
import { marginTyped, withMargin } from './compare';
import {
  emptyPlan,
  faultsOf,
  missingBlanks,
  missingOfRule,
  opened,
  periodStart,
  proposedDay,
  rangeFor,
  toSend,
  withShape,
} from './draft';
import { cut, told } from './fill';
import { percentShown, percentTyped } from './percent';
import { withAgainst } from './shapes/improve';
import { withJury } from './shapes/nominate';
import { chosenOf, namesOf, withChosen } from './shapes/RowValue';
import { rankBy } from './shapes/rank';
import { rate } from './shapes/rate';
import { hasExtra, withExtra, withoutExtra } from './shapes/rate_more';
import { addRow, missingOfRows, withoutRows, withRows } from './shapes/rate_rows';
import { addTier, missingOfTable, removeTier, tierPacked, tierPercent, tierWith, withKind } from './shapes/rate_table';
import { aimOf, score, weightsOf, withAim, withCurve } from './shapes/score';
import { single } from './shapes/single';
import { streak, withCondition } from './shapes/streak';
import { withOpponent } from './shapes/versus';
import { words } from './words';
import { compareWords } from './words_compare';
import { periodWords } from './words_period';
import { rateWords } from './words_rate';
import { voteWords } from './words_vote';

describe('the sentence and its blanks', () => {
  it('says of an example that it is one', () => {
    const t = (key: 'for_example', { example }: { example: string }) => `${key} ${example}`;
    expect(exampleOf('100000', t)).toBe('for_example 100,000');
    expect(exampleOf('不限', t)).toBe('不限');
  });
  it('is cut into words and blanks in their order', () => {
    expect(cut('每满 {size}，得{reward}。')).toEqual([
      { text: '每满 ' },
      { blank: 'size' },
      { text: '，得' },
      { blank: 'reward' },
      { text: '。' },
    ]);
  });

  it('says nothing of rewards within a condition', () => {
    expect(told('{metric}每满 {size}[，得{reward}]。', true)).toBe('{metric}每满 {size}。');
    expect(told('{metric}每满 {size}[，得{reward}]。', false)).toBe('{metric}每满 {size}，得{reward}。');
  });

  const sentences = Object.entries({
    ...words.table,
    ...compareWords.table,
    ...voteWords.table,
    ...periodWords.table,
    ...rateWords.table,
  }).filter(([, word]) => word.zh.includes('{'));
  it.each(sentences)('%s has the same blanks in both languages', (_, word) => {
    const blanks = (text: string) =>
      cut(text.replaceAll('{{', '<').replaceAll('}}', '>')).flatMap((piece) => ('blank' in piece ? [piece.blank] : []));
    expect(blanks(word.en).sort()).toEqual(blanks(word.zh).sort());
  });

  it.each([
    ['full-width digits', '１２００', '1200'],
    ['separators and a sign', '¥1,200.50', '1200.50'],
    ['a full-width per cent', '5％', '5%'],
  ])('%s are mended', (_, typed, meant) => {
    expect(tidyNumber(typed)).toBe(meant);
  });
});

describe('a plan in the editor', () => {
  it('names every blank that is left', () => {
    expect(missingBlanks(emptyPlan())).toEqual(['name', 'metric', 'size', 'reward.amount']);
  });

  it('has no blanks left once filled', () => {
    const def = { ...emptyPlan(), name: { zh: '签约奖', en: '' }, metric: 'won', params: { size: '10' } };
    expect(missingBlanks({ ...def, reward: { kind: 'cash', amount: '500' } })).toEqual([]);
  });

  it('gives up the amount when the rule computes it', () => {
    const def = withShape({ ...emptyPlan(), reward: { kind: 'gift', amount: '5' } }, 'rate');
    expect(def.reward).toMatchObject({ kind: 'cash', amount: undefined });
    expect(missingBlanks({ ...def, metric: 'm', name: { zh: 'x', en: '' } })).toEqual(['tiers[0].rate']);
  });

  it('opens a definition whose numbers and defaults are left to the server', () => {
    const def = opened({
      ...emptyPlan(),
      subject: '' as never,
      shape: 'rate',
      params: { tiers: [{ up_to: 200000, rate: '1%' }, { rate: '2%' }], cap: 5 },
    });
    expect(def.subject).toBe('person');
    expect(def.params).toEqual({ tiers: [{ up_to: '200000', rate: '1%' }, { rate: '2%' }], cap: '5' });
    expect(missingOfRule({ ...def, metric: 'm' })).toEqual([]);
  });

  it('makes a free key from the English name, and leaves empty parameters out', () => {
    const def = { ...emptyPlan(), name: { zh: '', en: 'Signing Bonus' }, params: { size: '10', cap: '' } };
    expect(toSend(def, ['signing-bonus'])).toMatchObject({ key: 'signing-bonus-2', params: { size: '10' } });
  });

  it('finds a key for a Chinese name', () => {
    expect(toSend({ ...emptyPlan(), name: { zh: '签约奖', en: '' }, metric: 'won_deals' }, []).key).toBe(
      'every-won-deals',
    );
  });

  it('tries a quarterly plan on two years up to the newest data', () => {
    expect(rangeFor('quarter', '2017-12-31')).toEqual(['2016-01-01', '2018-01-01']);
  });

  it.each([
    ['week', '2026-11-23', 1, '2026-11-23'],
    ['week', '2026-11-29', 1, '2026-11-23'],
    ['month', '2026-11-23', 4, '2026-11-01'],
    ['quarter', '2026-11-23', 1, '2026-10-01'],
    ['quarter', '2026-01-15', 2, '2025-11-01'],
    ['half', '2026-02-10', 4, '2025-10-01'],
    ['year', '2026-02-10', 4, '2025-04-01'],
  ] as const)('the %s of %s (fiscal month %i) begins on %s', (period, day, month, start) => {
    expect(periodStart(period, day, month)).toBe(start);
  });

  it.each([
    ['never judged: the running period', undefined, '', '2026-11-01'],
    ['never judged: the day that it names', undefined, '2026-08-01', '2026-08-01'],
    ['judges since long: the next period', '2024-10-01', '2024-10-01', '2026-12-01'],
    ['judges from a later day on: the period after that', '2027-02-01', '2027-02-01', '2027-03-01'],
  ])('proposes a day for a plan that %s', (_, judgedFrom, effective_from, day) => {
    const def = { ...emptyPlan(), period: 'month' as const, effective_from };
    expect(proposedDay(def, judgedFrom, '2026-11-23', 1)).toBe(day);
  });

  it('proposes the next period that a plan lists, and the running one where none follows', () => {
    const periods = [
      { label: 'A', from: '2026-11-01', last: '2026-11-11' },
      { label: 'B', from: '2026-12-01', last: '2026-12-12' },
    ];
    const def = { ...emptyPlan(), period: 'custom' as const, periods };
    expect(proposedDay(def, '2026-01-01', '2026-11-05', 1)).toBe('2026-12-01');
    expect(proposedDay(def, '2026-01-01', '2026-12-05', 1)).toBe('2026-12-01');
  });

  it('reads faults of a preview at the fields of the plan', () => {
    expect(faultsOf([{ field: 'definition.params.size', detail: 'x' }])).toEqual({ 'params.size': 'x' });
  });
});

describe('tiers', () => {
  it('a new tier takes over below the last one', () => {
    expect(addTier([{ up_to: null, rate: '5%' }])).toEqual([{ up_to: '', rate: '5%' }, { up_to: null }]);
  });
  it('the last tier has no end after one is removed', () => {
    expect(
      removeTier(
        [
          { up_to: '10', rate: '1%' },
          { up_to: null, rate: '2%' },
        ],
        1,
      ),
    ).toEqual([{ up_to: null, rate: '1%' }]);
  });
  it.each([
    ['a share of money', '5%', { rate: '5%' }],
    ['an amount for each thing', '10', { per_unit: '10' }],
    ['nothing', '', {}],
  ])('%s', (_, typed, part) => {
    expect(tierWith({ up_to: null, rate: '1%' }, typed)).toEqual({ up_to: null, ...part });
  });
  it('a rate of money is typed in per cent: 8 is 8 %, and a file’s 0.08 shows as 8', () => {
    expect(tierPercent({ up_to: null }, true)).toBe(true);
    expect(tierWith({ up_to: null }, percentTyped('8'))).toEqual({ up_to: null, rate: '8%' });
    expect(percentShown('0.08')).toBe('8');
    expect(tierPercent({ up_to: null, rate: '0.08' }, false)).toBe(true);
    expect(tierPercent({ up_to: null }, false)).toBe(false);
    expect(tierPercent({ up_to: null, per_unit: '2' }, true)).toBe(false);
  });
});

describe('rules that compare', () => {
  it.each([
    ['a share', { by: '10%' }, '10'],
    ['a fraction', { by: '0.1' }, '10'],
    ['a small fraction', { by: '0.0525' }, '5.25'],
    ['more than the whole', { by: '1.5' }, '150'],
    ['nothing', { by: '0' }, '0'],
    ['points of a ratio', { points: '5%' }, '5%'],
  ])('a margin written as %s', (_, params, shown) => {
    expect(marginTyped(params)).toBe(shown);
  });
  it('a share keeps its sign, and gives way to points', () => {
    expect(withMargin({ by: '', against: 'mean' }, 'by', '12')).toEqual({ by: '12%', against: 'mean' });
    expect(withMargin({ by: '12%' }, 'points', '12')).toEqual({ points: '12' });
    expect(withMargin({ by: '12%' }, 'by', '')).toEqual({ by: '' });
  });
  it('what belongs to one baseline goes with it', () => {
    expect(withAgainst({ by: '5%', against: 'mean', periods: '3' }, 'fixed')).toEqual({
      by: '5%',
      against: 'fixed',
      baseline: '',
    });
  });
  it('what belongs to one opponent goes with it', () => {
    expect(withOpponent({ against: 'team', key: 'east', metric: 'won', by: '5%' }, 'last_year')).toEqual({
      against: 'last_year',
      by: '5%',
    });
    expect(withOpponent({ against: 'team', key: 'east' }, 'company')).toEqual({ against: 'company', metric: '' });
  });
  it.each([
    ['clean', ['bad', 'reward.amount']],
    ['improve', ['by', 'reward.amount']],
    ['versus', ['key', 'reward.amount']],
    ['race', ['at', 'reward.amount']],
    ['nominate', ['reward.amount']],
  ] as const)('a fresh sentence of %s names its blanks', (shape, blanks) => {
    expect(missingOfRule(withShape({ ...emptyPlan(), metric: 'm' }, shape))).toEqual(blanks);
  });
});

describe('what a commission may have beside its tiers', () => {
  const tiers = [{ rate: '5%' }];
  it('comes and goes with all its parameters', () => {
    const drawn = { tiers, draw: '100', recoverable: true, recover_share: '50%', accumulate: 'year' };
    expect(hasExtra(drawn, 'draw')).toBe(true);
    expect(withoutExtra(drawn, 'draw')).toEqual({ tiers, accumulate: 'year' });
    expect(withExtra({ tiers }, 'attainment')).toEqual({ tiers, on: 'attainment' });
    expect(rate.missing(withExtra({ tiers }, 'draw'), { kind: 'cash' })).toEqual(['draw']);
  });
  it('is priced by multipliers, each of which must be typed', () => {
    const times = withKind({ mode: 'whole', tiers, floor: '5', cap: '9', draw: '3' }, 'times');
    expect(times).toEqual({ mode: 'whole', cap: '9', tiers: [{ up_to: null, times: '' }] });
    expect(missingOfTable({ tiers: addTier([{ up_to: null, times: '80%' }]) })).toEqual([
      'tiers[0].up_to',
      'tiers[1].times',
    ]);
    expect(withKind(times, 'tiers')).toEqual({ mode: 'whole', cap: '9', tiers: [{ up_to: null }] });
  });
  it('is paid by the package, alone or within a tier', () => {
    expect(missingOfTable(withKind({ mode: 'whole', tiers }, 'package'))).toEqual(['package.size', 'package.amount']);
    expect(withKind({ package: { size: '10' } }, 'tiers')).toEqual({ tiers: [{ up_to: null }] });
    const packed = tierPacked({ up_to: '20', rate: '5%', fixed: '8' }, true);
    expect(packed).toEqual({ up_to: '20', fixed: '8', per_package: {} });
    expect(missingOfTable({ tiers: [packed, { up_to: null, rate: '0' }] })).toEqual([
      'tiers[0].per_package.size',
      'tiers[0].per_package.amount',
    ]);
    expect(tierPacked(packed, false)).toEqual({ up_to: '20', fixed: '8' });
  });
});

describe('rows by a field', () => {
  const tiers = [{ up_to: null, rate: '5%' }];
  const field = {
    id: 1,
    key: 'kind',
    name: { zh: '客户类型', en: 'Kind' },
    type: 'choice' as const,
    required: false,
    scale: 0,
    unique: false,
    choices: [
      { key: 'new', name: { zh: '新客户', en: 'New' } },
      { key: 'old', name: { zh: '老客户', en: 'Old' } },
    ],
  };
  it('are made of the table, which stays that of everything else', () => {
    const made = withRows({ mode: 'whole', tiers });
    expect(made).toEqual({ mode: 'whole', rows: [{ value: undefined, tiers }, { tiers }] });
    expect(missingOfRows(made)).toEqual(['rows[0].value']);
    expect(rate.missing(made, { kind: 'cash' })).toEqual(['rows[0].value']);
    expect(withoutRows({ ...made, tiers_read: 'row' })).toEqual({ mode: 'whole', tiers });
  });
  it('are added before everything else', () => {
    const pack = { package: { size: '10', amount: '30' } };
    const rows = addRow([{ value: 'new', ...pack }, { tiers }]);
    expect(rows).toEqual([{ value: 'new', ...pack }, { value: undefined, ...pack }, { tiers }]);
    expect(addRow([{ value: 'new', tiers }])).toHaveLength(2);
  });
  it('name a choice by its key, and know it by its name', () => {
    expect(chosenOf({ value: '新客户', tiers }, field)).toBe('=new');
    expect(chosenOf({ value: 'OLD', tiers }, field)).toBe('=old');
    expect(withChosen({ value: '新客户', tiers }, '=old')).toEqual({ value: 'old', tiers });
  });
  it('tell records without a value from everything else', () => {
    const without = withChosen({ value: undefined, tiers }, '-');
    expect(without).toEqual({ value: '', tiers });
    expect(chosenOf(without, field)).toBe('-');
    const rest = withChosen(without, '*');
    expect(rest).toEqual({ tiers });
    expect(chosenOf(rest, field)).toBe('*');
    expect(chosenOf({ value: undefined, tiers }, field)).toBeUndefined();
  });
  it('name related records by their title, unless several share it', () => {
    const row = (external_id: string, name: string) => ({ external_id, values: { name } });
    expect(namesOf([row('A1', '华北'), row('A2', '华东'), row('A3', '华东'), row('', '')], 'name')).toEqual([
      '华北',
      'A2',
      'A3',
    ]);
  });
});

describe('scorecard', () => {
  const cash = { kind: 'cash', amount: '1000' } as const;
  it('has its blanks filled when every part has a metric, a weight and a target that is typed', () => {
    expect(score.missing(score.start(), cash)).toEqual(['parts[1].metric']);
    const parts = [
      { weight: '60%', target: '' },
      { metric: 'm', weight: '' },
    ];
    expect(score.missing({ parts }, cash)).toEqual(['parts[0].target', 'parts[1].weight']);
  });
  it('needs no amount of its own where the curve pays amounts', () => {
    const parts = [{ weight: '100%' }];
    const curve = [{ at: '100%', pays: '5000' }];
    expect(score.missing({ parts, curve }, { kind: 'cash' })).toEqual([]);
    expect(score.missing({ parts, curve: [{ at: '100%', pays: '50%' }] }, { kind: 'cash' })).toEqual(['reward.amount']);
  });
  it('changes what a part is held against and keeps the rest', () => {
    const part = { metric: 'm', weight: '40%', floor: '50%', target: '100' };
    expect(aimOf(part)).toBe('fixed');
    expect(withAim(part, 'plan')).toEqual({ metric: 'm', weight: '40%', floor: '50%', target: 'plan' });
    expect(withAim(part, 'none')).toEqual({ metric: 'm', weight: '40%', floor: '50%' });
  });
  it('adds weights up exactly, and says nothing while one is not a percentage', () => {
    expect(weightsOf([{ weight: '33.33%' }, { weight: '66.67%' }])).toBe(10000n);
    expect(weightsOf([{ weight: '40%' }, { weight: '' }])).toBeUndefined();
  });
  it('forgets what belongs to the curve with its last point', () => {
    const params = {
      parts: [],
      curve: [{ at: '80%', pays: '50%' }],
      curve_mode: 'lines',
      below: 'nothing',
      missing: 'spread',
    };
    expect(withCurve(params, [])).toEqual({ parts: [], missing: 'spread' });
  });
});

describe('streak', () => {
  const badge = { kind: 'badge', name: { zh: '徽章', en: 'Badge' } };
  it('is made of any shape that judges one subject alone, with the parameters that a fresh one has', () => {
    for (const shape of single) {
      const params = withCondition(streak.start(), shape.key);
      expect(params.rule).toEqual({
        shape: shape.key,
        params: shape.key === 'reach' ? expect.anything() : shape.start(),
      });
      // What the inner rule would pay does not matter, so no amount is asked of it.
      expect(streak.missing(params, badge).filter((field) => field.includes('reward'))).toEqual([]);
    }
  });
  it('keeps the condition while its shape stays', () => {
    // biome-ignore lint/suspicious/noThenProperty: a parameter of the rule
    const every = { times: 3, rule: { shape: 'every', params: { size: '10' } }, then: 'once' };
    expect(withCondition(every, 'every')).toBe(every);
    expect(streak.missing(every, badge)).toEqual([]);
  });
  it('asks for what its condition lacks', () => {
    expect(streak.missing(streak.start(), badge)).toEqual(['rule.params.steps[0].at']);
    expect(streak.missing(withCondition({ times: '' }, 'clean'), badge)).toEqual(['times', 'rule.params.bad']);
    expect(streak.missing(withCondition({ times: '3' }, 'rate'), badge)).toEqual(['rule.params.tiers[0].rate']);
  });
});

describe('vote', () => {
  it('a vote without a jury says nothing of one', () => {
    const params = withJury({ quorum: '4', jury: ['E1'], jury_weight: '2', voters: 'jury' }, []);
    expect(params).toEqual({ quorum: '4' });
    expect(withJury(params, ['E2'])).toEqual({ quorum: '4', jury: ['E2'] });
  });
});

describe('rank', () => {
  it('keeps the number between places and per cent', () => {
    expect(rankBy({ places: 5, order: 'desc' }, 'percent')).toEqual({ order: 'desc', percent: '5', round: 'up' });
    expect(rankBy({ percent: '5', round: 'down' }, 'places')).toEqual({ places: 5 });
  });
});
