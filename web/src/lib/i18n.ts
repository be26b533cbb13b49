import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';

/** The two languages of the product. A text without one of them does not compile. */
export type Language = 'zh' | 'en';
export interface Text {
  zh: string;
  en: string;
}
/** A word of the interface; `one` is the English singular for texts with {{count}}. */
export interface Word extends Text {
  one?: string;
}
export interface Words<Key extends string = string> {
  namespace: string;
  table: Record<Key, Word>;
}
/** Speaks a feature's words: t('key', { name }) fills {{name}}. */
export type Speak<Key extends string> = (key: Key, values?: Record<string, string | number>) => string;

const stored = 'laurel.language';

export const i18n = i18next.createInstance();

void i18n.use(initReactI18next).init({
  lng: rememberedLanguage(),
  fallbackLng: 'zh',
  resources: {},
  interpolation: { escapeValue: false }, // React escapes
  react: { bindI18nStore: 'added' },
  initAsync: false,
});

i18n.services.formatter?.add('grouped', (value) => (typeof value === 'number' ? value.toLocaleString('en') : value));

/** Registers a feature's words in both languages. Call once per feature, in its words.ts. */
export function defineWords<Key extends string>(namespace: string, table: Record<Key, Word>): Words<Key> {
  const zh: Record<string, string> = {};
  const en: Record<string, string> = {};
  for (const [key, word] of Object.entries<Word>(table)) {
    zh[key] = grouped(word.zh);
    en[key] = grouped(word.en);
    if (word.one !== undefined) {
      zh[`${key}_other`] = grouped(word.zh);
      en[`${key}_one`] = grouped(word.one);
      en[`${key}_other`] = grouped(word.en);
    }
  }
  i18n.addResourceBundle('zh', namespace, zh);
  i18n.addResourceBundle('en', namespace, en);
  return { namespace, table };
}

/** Numbers of things are written 8,800; line numbers and years are not. */
const grouped = (text: string) => text.replace(/\{\{(count|shown|total|rows|columns)\}\}/g, '{{$1, grouped}}');

/** The words of a feature in the reader's language; re-renders when the language changes. */
export function useWords<Key extends string>(words: Words<Key>): Speak<Key> {
  const { t } = useTranslation(words.namespace, { i18n });
  // The same function until the language changes: lists hand it to lines that are drawn again only when they must.
  return useCallback((key, values) => t(key, values ?? {}) as string, [t]);
}

/** The same outside React (tests, callbacks that outlive a render). */
export function speak<Key extends string>(words: Words<Key>): Speak<Key> {
  return (key, values) => i18n.t(key, { ns: words.namespace, ...values }) as string;
}

export function currentLanguage(): Language {
  return i18n.language === 'en' ? 'en' : 'zh';
}

export function useLanguage(): Language {
  useTranslation(undefined, { i18n });
  return currentLanguage();
}

export function setLanguage(language: Language): void {
  try {
    localStorage.setItem(stored, language);
  } catch {
    // Storage may be switched off; the choice then lasts until the page is closed.
  }
  void i18n.changeLanguage(language);
}

/** The side of a Text in the given language, or the other one where it is empty. */
export function pick(text: Text | null | undefined, language: Language): string {
  if (!text) return '';
  return text[language] || text.zh || text.en || '';
}

/** The first visit follows the browser where its reader prefers English; everybody else reads Chinese. */
export function languageOf(preferred: readonly string[]): Language {
  return /^en\b/i.test(preferred[0] ?? '') ? 'en' : 'zh';
}

function rememberedLanguage(): Language {
  try {
    const value = localStorage.getItem(stored);
    if (value === 'zh' || value === 'en') return value;
  } catch {
    // fall through to the browser's own
  }
  return languageOf(typeof navigator === 'undefined' ? [] : navigator.languages);
}
