import { expect, test } from 'vitest';
import { unbroken } from './TextOf';

test('no line ends between a figure and its per cent sign', () => {
  expect(unbroken('超过 ¥100,000 的部分 12 %，共 3 人')).toBe('超过 ¥100,000 的部分 12\u00a0%，共 3 人');
});
