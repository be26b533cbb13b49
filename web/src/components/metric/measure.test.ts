import { describe, expect, it } from 'vitest';
import { emptyMetric, isMetricComplete, missingOf } from './draft';
import { changeKind } from './MeasureFields';

describe('changing how a metric measures', () => {
  it('keeps the value among kinds that measure one, and drops what the next does not know', () => {
    expect(changeKind({ kind: 'sum', value: 'amount', currency: 'CNY' }, 'median')).toMatchObject({
      kind: 'median',
      value: 'amount',
      currency: 'CNY',
    });
    expect(
      changeKind({ kind: 'average', from: 'opened', until: 'solved', clock: 'working' }, 'percentile'),
    ).toMatchObject({
      from: 'opened',
      until: 'solved',
      clock: 'working',
      percent: '90',
    });
    expect(changeKind({ kind: 'sum', value: 'amount' }, 'distinct')).toEqual({ kind: 'distinct' });
    expect(changeKind({ kind: 'ratio', of: 'won', to: 'all' }, 'growth')).toEqual({ kind: 'growth', of: 'won' });
    const sum = changeKind({ kind: 'ratio', of: 'won', to: 'all' }, 'combine');
    expect(sum).toEqual({ kind: 'combine', terms: [{ metric: 'won' }, { metric: 'all' }] });
    expect(changeKind(sum, 'attainment')).toEqual({ kind: 'attainment', of: 'won' });
  });
});

describe('a metric that can be saved', () => {
  const base = { ...emptyMetric, name: { zh: '指标', en: '' } };
  const onRecords = { ...base, object: 'ticket', date: 'on', person: 'agent' };
  it('needs a metric in every term of a sum', () => {
    const sum = (...terms: { metric: string }[]) => ({ ...base, measure: { kind: 'combine' as const, terms } });
    expect(missingOf(sum({ metric: 'won' }, { metric: '' }))).toEqual(['term_metric']);
    expect(missingOf(sum())).toEqual(['term_metric']);
    expect(isMetricComplete(sum({ metric: 'won' }))).toBe(true);
  });
  it('needs both ends of a duration', () => {
    expect(isMetricComplete({ ...onRecords, measure: { kind: 'average', from: 'a', until: '' } })).toBe(false);
    expect(isMetricComplete({ ...onRecords, measure: { kind: 'average', from: 'a', until: 'b' } })).toBe(true);
  });
  it('names what is missing as the form calls it', () => {
    expect(missingOf(emptyMetric)).toEqual(['name', 'object', 'date', 'person']);
    expect(missingOf({ ...onRecords, measure: { kind: 'percentile' } })).toEqual(['percent', 'value']);
    expect(missingOf({ ...base, measure: { kind: 'ratio', of: 'won' } })).toEqual(['to']);
  });
  it('needs the baseline of growth against a fixed value', () => {
    expect(isMetricComplete({ ...base, measure: { kind: 'growth', of: 'won' } })).toBe(true);
    expect(isMetricComplete({ ...base, measure: { kind: 'growth', of: 'won', against: 'fixed' } })).toBe(false);
  });
});
