import type { Text } from '@/api/types';
import { pick, useLanguage } from '@/lib/i18n';

/** A two-language text of the data, in the reader's language. */
export function TextOf({ text }: { text: Text | null | undefined }) {
  const language = useLanguage();
  return <>{unbroken(pick(text, language))}</>;
}

/** A figure and its per cent sign stay on one line. */
export const unbroken = (text: string) => text.replace(/(\d) %/g, '$1\u00a0%');

/** The same as a function, for attributes and options. */
export function useText(): (text: Text | null | undefined) => string {
  const language = useLanguage();
  return (text) => pick(text, language);
}
