import { describe, expect, it } from 'vitest';
import { readDays, runsOf, weekdayOf } from './dayText';

describe('days as people paste them', () => {
  it.each([
    ['2026-10-01', ['2026-10-01']],
    ['2026/10/1\n2026.10.2', ['2026-10-01', '2026-10-02']],
    ['2026年10月1日，2026年10月2日', ['2026-10-01', '2026-10-02']],
    ['20261001; 20261001', ['2026-10-01']],
    ['2026-10-08\t国庆节\n2026-10-01 国庆节', ['2026-10-01', '2026-10-08']],
    ['2026-10-01 ~ 2026-10-03', ['2026-10-01', '2026-10-02', '2026-10-03']],
    ['2026年9月30日（周三）至10月2日（周五）', ['2026-09-30', '2026-10-01', '2026-10-02']],
    ['2026-12-31 to 2027-01-01', ['2026-12-31', '2027-01-01']],
    ['日期,节日\n2026-10-01,国庆节', ['2026-10-01']],
  ])('%s', (text, days) => {
    expect(readDays(text)).toEqual({ days, wrong: [] });
  });

  it('says what is no day, and keeps the others', () => {
    expect(readDays('2026-10-01\n2026-02-30\n10-05\n2026-10-07 ~ 2026-10-01\n3/5/2026')).toEqual({
      days: ['2026-10-01'],
      wrong: ['2026-02-30', '10-05', '2026-10-07 ~ 2026-10-01', '3/5/2026'],
    });
  });

  it('a text without a single day is not taken in silence', () => {
    expect(readDays('tomorrow').wrong).toEqual(['tomorrow']);
  });

  it('takes a range of months for a typing error', () => {
    expect(readDays('2026-01-01 ~ 2027-01-01').wrong).toHaveLength(1);
  });

  it('days that follow each other become one, also over the end of a month', () => {
    expect(runsOf(['2026-09-30', '2026-10-01', '2026-10-03'])).toEqual([
      ['2026-09-30', '2026-10-01'],
      ['2026-10-03', '2026-10-03'],
    ]);
  });

  it('knows the day of the week', () => {
    expect(weekdayOf('2026-10-01')).toBe('thu');
  });
});
