import { expect, test } from 'vitest';
import type { Field, ObjectInfo } from '@/api/types';
import { changeWay, creditWay, isCreditComplete, shareOf, shareWay, withShares } from './credit';
import { emptyMetric } from './draft';
import { reachableFields } from './related';

const field = (key: string, type: Field['type'], target?: string): Field =>
  ({ id: 1, key, type, target, name: { zh: `${key}名`, en: key }, required: false, unique: false, scale: 0 }) as Field;
const object = (key: string, fields: Field[]): ObjectInfo => ({ key, fields }) as unknown as ObjectInfo;

const region = object('region', [field('chief', 'person'), field('crew', 'text')]);
const account = object('account', [
  field('industry', 'text'),
  field('region', 'relation', 'region'),
  field('parent', 'relation', 'account'),
]);
const deal = object('deal', [field('owner', 'person'), field('account', 'relation', 'account')]);

test('fields of related records are reached over two relations, and named by the way to them', () => {
  const found = reachableFields(deal, [deal, account, region]);
  expect(found.map((each) => each.key)).toContain('account.region.chief');
  expect(found.find((each) => each.key === 'account.region.chief')?.name.zh).toBe('account名 › region名 › chief名');
  expect(found.map((each) => each.key)).not.toContain('account.parent.parent.industry');
  expect(found.slice(0, 2).map((each) => each.key)).toEqual(['owner', 'account']);
});

test('the person chosen so far is the first of several, and stays when there is one again', () => {
  const one = { ...emptyMetric, person: 'owner' };
  const several = changeWay(one, 'shares', deal.fields);
  expect(several.credit).toEqual([
    { person: 'owner', share: '' },
    { person: '', share: '' },
  ]);
  expect(several.person).toBeUndefined();
  expect(changeWay(several, 'person', deal.fields).person).toBe('owner');
});

test('a team is named by the only field that can name it', () => {
  const team = changeWay(emptyMetric, 'team', region.fields);
  expect([creditWay(team), team.team, team.person]).toEqual(['team', 'crew', undefined]);
});

test('shares are of one kind, and each has to be said', () => {
  const credit = withShares([{ person: 'owner', share: '70%' }, { person: 'helper' }], 'fixed');
  const def = { ...emptyMetric, person: undefined, credit };
  expect(isCreditComplete(def)).toBe(false);
  expect(isCreditComplete({ ...def, credit: [credit[0], { person: 'helper', share: '30%' }] as typeof credit })).toBe(
    true,
  );
  expect(shareWay(withShares(credit, 'equal'))).toBe('equal');
  expect(withShares(credit, 'field')).toEqual([
    { person: 'owner', share_field: '' },
    { person: 'helper', share_field: '' },
  ]);
});

test('a fixed share that is emptied again is blank, and still to be said', () => {
  expect([shareOf('70'), shareOf('70 %'), shareOf(''), shareOf('%')]).toEqual(['70%', '70%', '', '']);
  const credit = [{ person: 'owner', share: shareOf('') }];
  expect(isCreditComplete({ ...emptyMetric, person: undefined, credit })).toBe(false);
  expect(shareWay(credit)).toBe('fixed');
});
