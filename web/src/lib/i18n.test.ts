import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineWords, languageOf, pick, setLanguage, speak } from './i18n';

const words = defineWords('test-words', {
  plain: { zh: '保存', en: 'Save' },
  named: { zh: '你好，{{name}}', en: 'Hello, {{name}}' },
  many: { zh: '{{count}} 条', en: '{{count}} records', one: '{{count}} record' },
});

beforeEach(() => setLanguage('zh'));
afterEach(() => setLanguage('zh'));

describe('the language of a first visit', () => {
  it.each([
    [['en-GB', 'zh-CN'], 'en'],
    [['zh-CN', 'en'], 'zh'],
    [['fr'], 'zh'],
    [[], 'zh'],
  ] as const)('%j: %s', (preferred, language) => {
    expect(languageOf(preferred)).toBe(language);
  });
});

describe('words', () => {
  const t = speak(words);
  it('speaks Chinese first', () => {
    expect(t('plain')).toBe('保存');
    expect(t('many', { count: 1 })).toBe('1 条');
  });
  it('follows the language, with the English singular', () => {
    setLanguage('en');
    expect(t('named', { name: 'Wei' })).toBe('Hello, Wei');
    expect(t('many', { count: 1 })).toBe('1 record');
    expect(t('many', { count: 3 })).toBe('3 records');
  });
  it('writes numbers of things with separators', () => {
    expect(t('many', { count: 8800 })).toBe('8,800 条');
    setLanguage('en');
    expect(t('many', { count: 8800 })).toBe('8,800 records');
    expect(t('many', { count: '8,800' })).toBe('8,800 records');
  });
  it('leaves text as it is: React escapes it', () => {
    expect(t('named', { name: '<b>' })).toBe('你好，<b>');
  });
  it('a text with one side shows that side', () => {
    expect(pick({ zh: '签约', en: '' }, 'en')).toBe('签约');
    expect(pick(undefined, 'en')).toBe('');
  });
});
