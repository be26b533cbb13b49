import type { MyRewards } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { Go } from '../Go';
import { TextOf } from '../TextOf';
import { words } from './words';

/** The person's own records that would count and cannot: why, which, and whom to ask. */
export function OwnLeftOut({ list }: { list: MyRewards['left_out'] }) {
  const t = useWords(words);
  if (list.length === 0) return null;
  return (
    <section className="own-left-out" aria-label={t('left_out')}>
      <h3>{t('left_out')}</h3>
      <ul>
        {list.map((each) => (
          <li key={`${each.metric.key}/${each.code}`}>
            <div>
              <TextOf text={each.metric.name} />
              {t('left_out_count', { count: each.count })}
              <strong>
                <TextOf text={each.reason} />
              </strong>
              {each.lacks && each.lacks.length > 0 && <span className="quiet"> {each.lacks.join(', ')}</span>}
            </div>
            <div className="left-out-records">
              {each.records.map((record) => (
                <Go key={record.id} href={paths.record(record.object, record.id)}>
                  {record.title}
                </Go>
              ))}
              {each.count > each.records.length && <span className="quiet">…</span>}
            </div>
            <div className="quiet">
              <TextOf text={each.advice} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
