import type { Metric } from '@/api/types';
import { Go } from '@/components/Go';
import { TextOf } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { words } from './words';

/** Records that meet the condition and still do not count, by reason, with a way to each. */
export function LeftOut({ metric }: { metric: Metric }) {
  const t = useWords(words);
  return (
    <section className="card">
      <h2>{t('left_out')}</h2>
      {metric.problems.length === 0 && <p className="quiet">{t('left_out_none')}</p>}
      {metric.problems.length > 0 && (
        <>
          <p className="quiet">{t('left_out_hint')}</p>
          <table className="plain-table">
            <tbody>
              {metric.problems.map((problem) => (
                <tr key={problem.code}>
                  <td>
                    <TextOf text={problem.reason} />
                    {problem.lacks && problem.lacks.length > 0 && (
                      <>
                        <br />
                        <span className="quiet">{lacksOf(problem.lacks)} </span>
                        <Go href={paths.rates()}>{t('left_out_rates')}</Go>
                      </>
                    )}
                  </td>
                  <td className="num">{t('left_out_count', { count: problem.count })}</td>
                  <td>
                    {problem.sample.map((record) => (
                      <Go key={record.id} href={paths.record(record.object, record.id)} className="sample">
                        {record.title}
                      </Go>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

const shownLacks = 5;

/** Currency and day of the first missing rates. */
function lacksOf(lacks: readonly string[]): string {
  return lacks.slice(0, shownLacks).join(', ') + (lacks.length > shownLacks ? ' …' : '');
}
