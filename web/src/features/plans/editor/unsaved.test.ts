import { beforeEach, expect, test } from 'vitest';
import { emptyPlan } from './draft';
import { keep, placeOf, recall } from './unsaved';

const place = placeOf(1, 'bonus');
const onRecord = { ...emptyPlan(), key: 'bonus', metric: 'won' };
const changed = { ...onRecord, params: { ...(onRecord.params as object), size: '20' } };

beforeEach(() => localStorage.clear());

test('what was not saved is there after a reload', () => {
  keep(place, changed, onRecord);
  expect(recall(place, onRecord)).toEqual({ def: changed, fits: true });
  expect(recall(placeOf(2, 'bonus'), onRecord), 'another account on this machine').toBeUndefined();
});

test('nothing is left of changes that were saved or taken back', () => {
  keep(place, changed, onRecord);
  keep(place, changed, changed);
  expect(recall(place, onRecord)).toBeUndefined();
  keep(place, { ...onRecord, description: { zh: '', en: '' } }, onRecord);
  expect(localStorage.length).toBe(0);
});

test('changes to what somebody else has changed since do not fit any more', () => {
  keep(place, changed, onRecord);
  const newer = { ...onRecord, name: { zh: '新名', en: '' } };
  expect(recall(place, newer)).toEqual({ def: changed, fits: false });
  expect(recall(place, changed), 'somebody has saved just that').toBeUndefined();
});

test('old or broken leftovers are not offered', () => {
  keep(place, changed, onRecord, 0);
  expect(recall(place, onRecord)).toBeUndefined();
  localStorage.setItem(place, '{');
  expect(recall(place, onRecord)).toBeUndefined();
});
