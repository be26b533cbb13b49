import type { ProofRun } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { words } from './words';

/** What was found otherwise than it was recomputed; for those who see all awards. */
export function ProofDifferences({ run }: { run: ProofRun }) {
  const t = useWords(words);
  const total = run.counts?.differences ?? 0;
  const list = run.differences ?? [];
  if (total === 0) return null;
  if (list.length === 0) return <p className="quiet">{t('tell')}</p>;
  return (
    <section className="card">
      <h2>{t('differences')}</h2>
      {total > list.length && <p className="quiet">{t('first_shown', { count: list.length })}</p>}
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('where')}</th>
              <th scope="col">{t('expected')}</th>
              <th scope="col">{t('found')}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((each) => {
              const where = [each.kind, each.plan, each.metric, each.period, each.day, each.subject, each.slot]
                .filter(Boolean)
                .join(' · ');
              return (
                <tr key={`${where}/${each.record ?? ''}/${each.expected}/${each.found}`}>
                  <td>{where}</td>
                  <td>{each.expected}</td>
                  <td>{each.found}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
