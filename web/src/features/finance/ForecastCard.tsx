import type { Forecast } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { Figure } from '@/components/Figure';
import { Go } from '@/components/Go';
import { TextOf } from '@/components/TextOf';
import { formatAmount, formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { words } from './words';

/** What the running period will come to, as a range from what stands now, each plan with its method in words. */
export function ForecastCard({ forecast }: { forecast: Forecast }) {
  const t = useWords(words);
  const period = formatPeriod(forecast.period.label, useLanguage());
  return (
    <section className="card">
      <h2>{t('forecast_of', { period })}</h2>
      <p className="quiet">{t('forecast_days', { elapsed: forecast.elapsed, total: forecast.total })}</p>
      {forecast.lines.length === 0 ? (
        <EmptyState>{t('forecast_none')}</EmptyState>
      ) : (
        <>
          <dl className="earned closing-cash">
            {forecast.totals.map((total) => (
              <div key={total.currency}>
                <dt>{t('figure')}</dt>
                <dd>
                  <Figure amount={{ amount: total.figure, currency: total.currency }} size="hero" />
                  <span className="quiet figure">
                    {t('range', {
                      low: formatAmount({ amount: total.stands, currency: total.currency }),
                      high: formatAmount({ amount: total.figure, currency: total.currency }),
                    })}
                  </span>
                </dd>
              </div>
            ))}
          </dl>
          <table className="plain-table forecast-table">
            <thead>
              <tr>
                <th scope="col">{t('col_plan')}</th>
                <th scope="col" className="num">
                  {t('stands')}
                </th>
                <th scope="col" className="num">
                  {t('figure')}
                </th>
                <th scope="col" className="forecast-method">
                  {t('method')}
                </th>
              </tr>
            </thead>
            <tbody>
              {forecast.lines.map((line) => (
                <tr key={`${line.plan.key}/${line.stands.currency}`}>
                  <td>
                    <Go href={paths.plan(line.plan.key)}>
                      <TextOf text={line.plan.name} />
                    </Go>
                  </td>
                  <td className="num">
                    <Figure
                      amount={line.before}
                      href={paths.awards({ plan: line.plan.key, kind: 'cash', state: 'all' })}
                    />
                    {line.adjustments && (
                      <span className="quiet figure forecast-adjusted">
                        {t('forecast_adjusted', { amount: formatAmount(line.adjustments, true) })}
                      </span>
                    )}
                  </td>
                  <td className="num">
                    <Figure amount={line.figure} />
                  </td>
                  <td className="quiet forecast-method">
                    {t(`method_${line.method}`, {
                      elapsed: line.elapsed,
                      total: line.total,
                      before: formatAmount(line.before),
                    })}
                    {line.adjustments && t('method_adjusted', { amount: formatAmount(line.adjustments, true) })}
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
