import { expect, test } from 'vitest';
import { RowStore } from './grid/rowStore';
import { unseenOf } from './useRows';

test("one's own new row is told of before it is here, and is no news once it is", () => {
  const store = new RowStore(() => Promise.reject(new Error('not asked')));
  const elsewhere = new Set([7, 8]);
  expect(unseenOf(elsewhere, store)).toBe(2);
  store.insert({ id: 7, version: 1, values: {}, labels: {} } as never);
  expect(unseenOf(elsewhere, store)).toBe(1);
});
