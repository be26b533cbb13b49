import type { MetricDef } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { missingOf } from './draft';
import { words } from './words';

/** Says beside the button why a metric cannot be saved yet. */
export function MissingWords({ def }: { def: MetricDef }) {
  const t = useWords(words);
  const missing = missingOf(def);
  if (missing.length === 0) return null;
  return (
    <span className="quiet" role="status">
      {t('missing', { what: missing.map((each) => t(each)).join(t('missing_and')) })}
    </span>
  );
}
