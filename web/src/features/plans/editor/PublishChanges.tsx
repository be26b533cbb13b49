import type { UseQueryResult } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { PlanChanges } from '@/api/types';
import { Loaded } from '@/components/Loaded';
import { TextOf } from '@/components/TextOf';
import { formatAmount, formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { words } from './words';

/** What a version from a past day on changes, person by person, with the sums first. */
export function PublishChanges({ query }: { query: UseQueryResult<PlanChanges> }) {
  const t = useWords(words);
  const language = useLanguage();
  if (query.isError) return <Alert className="publish-from" type="error" showIcon title={query.error.message} />;
  return (
    <section className="publish-changes" aria-label={t('changes_title')}>
      <h3>{t('changes_title')}</h3>
      <Loaded query={query}>
        {(changes) =>
          changes.count === 0 ? (
            <p className="quiet">{t('changes_none')}</p>
          ) : (
            <>
              <p>
                {t('changes_sum', { count: changes.count, subjects: changes.subjects })}{' '}
                {changes.totals.map((total) => (
                  <span key={total.more.currency} className="figure">
                    {formatAmount(total.before)} → {formatAmount(total.after)} · {formatAmount(total.more, true)}
                  </span>
                ))}
              </p>
              <div className="publish-changes-rows">
                <table className="plain-table stacked-table">
                  <thead>
                    <tr>
                      <th scope="col">{t('changes_who')}</th>
                      <th scope="col">{t('changes_period')}</th>
                      <th scope="col">{t('changes_before')}</th>
                      <th scope="col">{t('changes_after')}</th>
                      <th scope="col" className="num">
                        {t('changes_more')}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {changes.rows.map((row) => (
                      <tr key={`${row.period} ${row.subject.kind} ${row.subject.id}`}>
                        <td>{row.subject.name}</td>
                        <td data-label={t('changes_period')}>
                          {formatPeriod(row.period, language)}
                          {row.closed && <span className="quiet"> {t('changes_closed')}</span>}
                        </td>
                        <td data-label={t('changes_before')}>
                          <Given texts={row.before} />
                        </td>
                        <td data-label={t('changes_after')}>
                          <Given texts={row.after} />
                        </td>
                        <td className="num" data-label={t('changes_more')}>
                          {row.more.map((each) => formatAmount(each, true)).join(' ') || '—'}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              {changes.rows.length < changes.count && (
                <p className="quiet">{t('changes_rest', { count: changes.count - changes.rows.length })}</p>
              )}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function Given({ texts }: { texts: PlanChanges['rows'][number]['before'] }) {
  if (texts.length === 0) return <>—</>;
  return texts.map((text, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the texts do not move
    <span key={at}>
      {at > 0 && ' + '}
      <TextOf text={text} />
    </span>
  ));
}
