import type { Award } from '@/api/types';
import { formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { Go } from '../Go';
import { words } from './words';

/** Says that an award corrects a closed period, and leads to what was awarded in it. */
export function OriginTag({ award }: { award: Pick<Award, 'origin' | 'plan' | 'subject'> }) {
  const t = useWords(words);
  const language = useLanguage();
  if (!award.origin) return null;
  const person = award.subject.kind === 'person' ? award.subject.id : undefined;
  return (
    <Go
      className="origin-tag"
      href={paths.awards({
        plan: award.plan.key,
        period: award.origin,
        person,
        own: person !== undefined,
        state: 'all',
      })}
    >
      {t('adjusts', { period: formatPeriod(award.origin, language) })}
    </Go>
  );
}
