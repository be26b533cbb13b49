import { Button, Tag } from 'antd';
import { useState } from 'react';
import type { AwardDetail } from '@/api/types';
import { DateText } from '@/components/DateText';
import { Go } from '@/components/Go';
import { TextOf } from '@/components/TextOf';
import { formatNumber, formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { words } from './words';

/** Records shown before "show all". */
const firstRecords = 20;

/** The records that made the award, each with what it counts and what it brought. */
export function AwardRecords({ award }: { award: AwardDetail }) {
  const t = useWords(words);
  const [all, setAll] = useState(false);
  const records = all ? award.records : award.records.slice(0, firstRecords);
  const corrected = new Set(award.corrections.map((each) => `${each.object.key}/${each.record.id}`));
  const withParts = !award.hidden && records.some((each) => each.part);
  const withValues = !award.hidden;
  const withPerson = award.subject.kind !== 'person' && records.some((each) => each.person.name);
  if (records.length === 0 && award.based_on.length > 0) return <BasedOn awards={award.based_on} />;
  return (
    <section className="card">
      <h2>{t('records')}</h2>
      {records.length === 0 && <p className="quiet">{t('no_records')}</p>}
      {records.length > 0 && (
        <div className="table-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('record')}</th>
                {withPerson && <th scope="col">{t('person')}</th>}
                <th scope="col">{t('date')}</th>
                {withValues && (
                  <th scope="col" className="num">
                    {t('value')}
                  </th>
                )}
                {withParts && (
                  <th scope="col" className="num">
                    {t('part')}
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {records.map((record) => (
                <tr key={`${record.object}/${record.id}/${record.person?.id ?? 0}`}>
                  <td>
                    <Go href={paths.record(record.object, record.id)}>{record.title || `#${record.id}`}</Go>
                    {corrected.has(`${record.object}/${record.id}`) && (
                      <>
                        {' '}
                        <Tag className="state-tag state-wait">{t('corrected')}</Tag>
                      </>
                    )}
                  </td>
                  {withPerson && (
                    <td>
                      {record.person.id > 0 ? (
                        <Go href={paths.person(record.person.id)}>{record.person.name}</Go>
                      ) : (
                        record.person.name
                      )}
                    </td>
                  )}
                  <td className="figure">
                    <DateText value={record.date} />
                  </td>
                  {withValues && <td className="num">{formatNumber(record.value)}</td>}
                  {withParts && <td className="num">{record.part}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {award.records_total > records.length && (
        <p className="quiet card-more">
          {t('records_total', { count: award.records_total, shown: records.length })}
          {records.length < award.records.length && (
            <Button type="link" size="small" onClick={() => setAll(true)}>
              {t('records_all')}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}

/** The awards of another plan that this one was worked out from; their records are behind them. */
function BasedOn({ awards }: { awards: AwardDetail['based_on'] }) {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <section className="card">
      <h2>{t('based_on')}</h2>
      <p className="quiet">{t('based_on_note')}</p>
      <ul>
        {awards.map((each) => (
          <li key={each.id}>
            <Go href={paths.award(each.id)}>
              <TextOf text={each.plan.name} /> · {formatPeriod(each.period.label, language)}
            </Go>{' '}
            <TextOf text={each.headline} />
          </li>
        ))}
      </ul>
    </section>
  );
}
