import { describe, expect, it } from 'vitest';
import { group, readDecimal, shiftPoint, tidy } from './decimal';

describe('readDecimal', () => {
  it.each([
    ['plain', '12.50', '12.5'],
    ['thousands', '1,234,567.00', '1234567'],
    ['groups of four', '12,3456', '123456'],
    ['yuan sign', '¥ 1,200', '1200'],
    ['full width', '１２．５', '12.5'],
    ['万', '3.5万', '35000'],
    ['亿', '1.2 亿', '120000000'],
    ['percent', '12.5%', '0.125'],
    ["accountant's minus", '(80)', '-80'],
    ['minus before the sign', '-¥5', '-5'],
    ['currency after', '300元', '300'],
    ['no float in between', '90071992547409.93', '90071992547409.93'],
  ])('%s: %s', (_, text, want) => expect(readDecimal(text)).toBe(want));

  it.each([
    ['decimal comma is ambiguous', '1,5'],
    ['two points', '1.2.3'],
    ['words', 'about 5'],
    ['empty', ''],
    ['more digits than can be kept', '1234567890123456789'],
    ['exponent', '1e5'],
  ])('refuses %s', (_, text) => expect(readDecimal(text)).toBeNull());
});

describe('the point', () => {
  it('moves both ways without a float', () => {
    expect(shiftPoint('0.1', 2)).toBe('10');
    expect(shiftPoint('7', -3)).toBe('0.007');
    expect(shiftPoint('-12.34', 1)).toBe('-123.4');
  });
  it('tidies zeros', () => {
    expect(tidy('-0.00')).toBe('0');
    expect(tidy('007.10')).toBe('7.1');
  });
  it('groups thousands and pads', () => {
    expect(group('-1234567.5', 2)).toBe('-1,234,567.50');
    expect(group('999', 0)).toBe('999');
  });
});
