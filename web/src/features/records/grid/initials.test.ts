import { describe, expect, it } from 'vitest';
import { initialsOf } from './initials';

describe('initials', () => {
  it.each([
    ['王小明', '小明'],
    ['欧阳小明', '小明'],
    ['张伟', '张伟'],
    ['Anna Maria Lee', 'AL'],
    ['admin', 'A'],
    ['', ''],
  ])('of %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
});
