import type { PastChanges } from '@/api/types';
import { TextOf } from '@/components/TextOf';
import { formatAmount, formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import './past.css';
import { words } from './words';

/** What changes of periods already judged, person by person, with the sums first. */
export function PastChangesList({ changes }: { changes: PastChanges }) {
  const t = useWords(words);
  const language = useLanguage();
  if (changes.count === 0) return <p className="quiet">{t('none')}</p>;
  const plans = new Set(changes.rows.map((row) => row.plan.key));
  return (
    <>
      <p>
        {t('sum', { count: changes.count, subjects: changes.subjects })}{' '}
        {changes.totals.map((total) => (
          <span key={total.more.currency} className="figure">
            {formatAmount(total.before)} → {formatAmount(total.after)} · {formatAmount(total.more, true)}
          </span>
        ))}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section className="past-rows" aria-label={t('title')} tabIndex={0}>
        <table className="plain-table stacked-table">
          <thead>
            <tr>
              <th scope="col">{t('who')}</th>
              {plans.size > 1 && <th scope="col">{t('plan')}</th>}
              <th scope="col">{t('period')}</th>
              <th scope="col">{t('before')}</th>
              <th scope="col">{t('after')}</th>
              <th scope="col" className="num">
                {t('more')}
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.rows.map((row) => (
              <tr key={`${row.plan.key} ${row.period} ${row.subject.kind} ${row.subject.id}`}>
                <td className="past-who">{row.subject.name}</td>
                {plans.size > 1 && (
                  <td data-label={t('plan')}>
                    <TextOf text={row.plan.name} />
                  </td>
                )}
                <td data-label={t('period')}>
                  {formatPeriod(row.period, language)}
                  {row.closed && <span className="quiet"> {t('closed')}</span>}
                </td>
                <td data-label={t('before')}>
                  <Given texts={row.before} />
                </td>
                <td data-label={t('after')}>
                  <Given texts={row.after} />
                </td>
                <td className="num" data-label={t('more')}>
                  {row.more.map((each) => formatAmount(each, true)).join(' ') || '—'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {changes.rows.length < changes.count && (
        <p className="quiet">{t('rest', { count: changes.count - changes.rows.length })}</p>
      )}
    </>
  );
}

function Given({ texts }: { texts: PastChanges['rows'][number]['before'] }) {
  if (texts.length === 0) return <>—</>;
  return texts.map((text, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the texts do not move
    <span key={at}>
      {at > 0 && ' + '}
      <TextOf text={text} />
    </span>
  ));
}
