import { describe, expect, it } from 'vitest';
import { paths } from '@/lib/paths';
import { chipsOf, filterOf, without } from './filter';

const earned = { person: 7, own: true, kind: 'cash', currency: 'CNY', from: '2026-07-01', to: '2026-10-01' } as const;

const read = (href: string) => filterOf(Object.fromEntries(new URLSearchParams(href.split('?')[1])));

describe('the awards behind a figure', () => {
  it('survive the address', () => {
    expect(read(paths.awards({ ...earned, state: 'granted' }))).toMatchObject({ ...earned, state: 'granted' });
  });
  it('of a team survive the address, and the team can be taken away', () => {
    const team = read(paths.awards({ unit: 9, plan: 'p' }));
    expect(team).toMatchObject({ unit: 9, plan: 'p' });
    expect(chipsOf(team)).toEqual(['unit', 'plan']);
    expect(without(team, 'unit').unit).toBeUndefined();
  });
  it('show every part of the filter, and each can be taken away', () => {
    expect(chipsOf(earned)).toEqual(['person', 'own', 'kind', 'days']);
    for (const chip of chipsOf(earned)) expect(chipsOf(without(earned, chip))).not.toContain(chip);
  });
  it('the person takes "own" along, the kind its currency', () => {
    expect(without(earned, 'person').own).toBeUndefined();
    expect(without(earned, 'kind').currency).toBeUndefined();
  });
  it('leave out what an address cannot mean', () => {
    expect(chipsOf(filterOf({ own: 'true', kind: 'gold', from: 'soon', state: 'lost' } as never))).toEqual([]);
  });
});
