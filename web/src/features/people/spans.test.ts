import { describe, expect, it } from 'vitest';
import { faultsOf, follow, fromWire, isCurrent, type Span, toWire } from './spans';

const span = (id: number, from: string, last: string): Span => ({ id, from, last, lead: false });

describe('spans of days', () => {
  it('shows the last day where the wire has the first day outside', () => {
    expect(fromWire({ from: '2026-01-01', to: '2026-03-01' })).toEqual({ from: '2026-01-01', last: '2026-02-28' });
    expect(toWire({ from: '2026-01-01', last: '2026-02-28' })).toEqual({ from: '2026-01-01', to: '2026-03-01' });
  });
  it('keeps open ends open', () => {
    expect(fromWire({ from: '0001-01-01' })).toEqual({ from: '', last: '' });
    expect(toWire({ from: '', last: '' })).toEqual({});
  });
  it('allows two units at once, the same one twice on no day', () => {
    expect(faultsOf([span(1, '', ''), span(2, '', '')], false).size).toBe(0);
    expect(faultsOf([span(1, '', '2026-03-31'), span(1, '2026-03-31', '')], false).get(1)).toBe('overlap');
    expect(faultsOf([span(1, '', '2026-03-30'), span(1, '2026-03-31', '')], false).size).toBe(0);
  });
  it('allows one manager on any day', () => {
    expect(faultsOf([span(1, '', ''), span(2, '2026-01-01', '')], true).get(1)).toBe('overlap');
  });
  it('names the other faults', () => {
    expect(faultsOf([span(0, '', '')], false).get(0)).toBe('nobody');
    expect(faultsOf([span(1, '2026-02-01', '2026-01-01')], false).get(0)).toBe('backwards');
  });
  it('ends the running span when another begins', () => {
    const moved = follow([span(1, '2025-01-01', '')], span(2, '2026-03-01', ''));
    expect(moved[0]?.last).toBe('2026-02-28');
    expect(faultsOf(moved, true).size).toBe(0);
  });
  it('knows what holds today', () => {
    expect(isCurrent(span(1, '2026-01-01', '2026-01-31'), '2026-01-31')).toBe(true);
    expect(isCurrent(span(1, '2026-01-01', '2026-01-31'), '2026-02-01')).toBe(false);
  });
});
