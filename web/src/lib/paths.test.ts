import { describe, expect, it } from 'vitest';
import { paths } from './paths';
import { mayOpen } from './roles';

describe('addresses', () => {
  it('keep a filter as text that reads back the same', () => {
    const href = paths.records('deal', 'stage == "won" && amount >= 10');
    expect(new URLSearchParams(href.split('?')[1]).get('filter')).toBe('stage == "won" && amount >= 10');
  });
  it('leave empty parts out', () => {
    expect(paths.awards({ plan: 'p', period: undefined, person: 0 })).toBe('/awards?plan=p&person=0');
    expect(paths.myRewards()).toBe('/rewards');
    expect([paths.newPlan(), paths.newPlan('won')]).toEqual(['/new-plan', '/new-plan?metric=won']);
  });
});

describe('roles', () => {
  it.each([
    ['a page for everybody', [], undefined, true],
    ['a designer page for an employee', ['employee'], ['designer'], false],
    ['a designer page for a designer', ['employee', 'designer'], ['designer'], true],
    ['admin opens everything', ['admin'], ['finance'], true],
  ] as const)('%s', (_, held, wanted, open) => {
    expect(mayOpen(held, wanted)).toBe(open);
  });
});
