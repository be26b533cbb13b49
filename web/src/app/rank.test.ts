import { describe, expect, it } from 'vitest';
import { pinyinInitials } from './pinyin';
import { ranked } from './rank';

const hits = (...titles: string[]) => titles.map((title) => ({ title }));
const titles = (typed: string, local: string[], found: string[]) =>
  ranked(typed, hits(...local), hits(...found)).map((hit) => hit.title);

describe('what ⌘K lists first', () => {
  it('the beginning of a title, then of a word, then the rest', () => {
    const found = ['Renew plan', 'Explanation', 'Key only', 'Plan of the year'];
    expect(titles('plan', ['Home', 'Plans'], found)).toEqual([
      'Plans',
      'Plan of the year',
      'Renew plan',
      'Explanation',
      'Key only',
    ]);
  });
  it('a title that is exactly it before longer ones', () => {
    expect(titles('合同', ['合同'], ['合同 HT-1'])).toEqual(['合同', '合同 HT-1']);
    expect(titles('合同', ['合同审批'], ['合同'])).toEqual(['合同', '合同审批']);
  });
  it('pages before records that answer as well', () => {
    expect(titles('回款', ['回款单'], ['回款计划'])).toEqual(['回款单', '回款计划']);
  });
  it('pages by the initials of their pinyin', () => {
    expect(titles('wdjl', ['首页', '我的奖励'], [])).toEqual(['我的奖励']);
  });
});

describe('initials of pinyin', () => {
  it.each([
    ['我的奖励', 'wdjl'],
    ['奖励方案', 'jlfa'],
    ['组织与接口 API', 'zzyjkapi'],
    ['首页', 'sy'],
    ['人员与团队', 'ryytd'],
  ])('of %s', (text, initials) => expect(pinyinInitials(text)).toBe(initials));
});
