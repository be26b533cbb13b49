import type { Text } from '@/api/types';
import { pick, useLanguage } from '@/lib/i18n';

/** A two-language text of the data, in the reader's language. */
export function TextOf({ text }: { text: Text | null | undefined }) {
  const language = useLanguage();
  return <>{pick(text, language)}</>;
}

/** The same as a function, for attributes and options. */
export function useText(): (text: Text | null | undefined) => string {
  const language = useLanguage();
  return (text) => pick(text, language);
}
