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
                  </td>
                  <td className="num">{t('left_out_count', { count: problem.count })}</td>
                  <td>
                    {problem.sample.map((id) => (
                      <Go key={id} href={paths.record(metric.object ?? '', id)} className="sample">
                        #{id}
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
