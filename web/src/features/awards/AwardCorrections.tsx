import type { AwardDetail } from '@/api/types';
import { DateText } from '@/components/DateText';
import { Go } from '@/components/Go';
import { TextOf } from '@/components/TextOf';
import { formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { words } from './words';

type Correction = AwardDetail['corrections'][number];

/** Of an adjustment: which records were corrected since the period was closed, from what to what, by whom and when. */
export function AwardCorrections({ award }: { award: AwardDetail }) {
  const t = useWords(words);
  const period = formatPeriod(award.origin ?? '', useLanguage());
  if (award.corrections.length === 0) return null;
  return (
    <section className="card" aria-label={t('corrections', { period })}>
      <h2>{t('corrections', { period })}</h2>
      <ul className="corrections">
        {award.corrections.map((each) => (
          <li key={each.seq}>
            <div>
              <TextOf text={each.object.name} />{' '}
              <Go href={paths.record(each.object.key, each.record.id)}>{each.record.name}</Go>{' '}
              <span className="quiet">
                {t(`corrected_${each.kind}`, { who: each.by })} · <DateText value={each.at} show="time" />
              </span>
            </div>
            <Fields correction={each} />
          </li>
        ))}
      </ul>
      {award.more_corrections && <p className="quiet">{t('corrections_more', { count: award.corrections.length })}</p>}
    </section>
  );
}

/** Before → after of each field; of a record that came or went only what was there. */
function Fields({ correction }: { correction: Correction }) {
  const t = useWords(words);
  const [came, went] = [correction.kind === 'create', correction.kind === 'delete'];
  return (
    <dl className="corrected-fields">
      {correction.fields.map((field) => (
        <div key={field.key}>
          <dt>
            <TextOf text={field.name} />
          </dt>
          <dd>
            {!came && <del>{field.before ? <TextOf text={field.before} /> : t('empty_value')}</del>}
            {!came && !went && ' → '}
            {!went && (field.after ? <TextOf text={field.after} /> : t('empty_value'))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
