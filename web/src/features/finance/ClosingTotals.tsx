import type { ClosingPreview } from '@/api/types';
import { words as partWords } from '@/components/awards/words';
import { Figure } from '@/components/Figure';
import { Go } from '@/components/Go';
import { StateTag } from '@/components/StateTag';
import { TextOf } from '@/components/TextOf';
import { formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { words } from './words';

/** By plan, what becomes final; each figure opens the awards it adds up. */
export function ClosingTotals({ preview }: { preview: ClosingPreview }) {
  const t = useWords(words);
  const parts = useWords(partWords);
  const language = useLanguage();
  if (preview.totals.length === 0) return null;
  return (
    <div className="table-scroll">
      <table className="plain-table closing-totals">
        <caption className="sr-only">{t('totals')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('col_plan')}</th>
            <th scope="col">{t('col_period')}</th>
            <th scope="col">{t('col_what')}</th>
            <th scope="col" className="num">
              {t('col_awards')}
            </th>
            <th scope="col" className="num">
              {t('col_amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.totals.map((line) => {
            const href = paths.awards({
              plan: line.plan.key,
              period: line.period,
              kind: line.kind,
              currency: line.amount?.currency,
              state: line.provisional ? 'provisional' : 'granted',
            });
            return (
              <tr
                key={`${line.plan.key}/${line.period}/${line.kind}/${line.amount?.currency}/${line.adjustment}/${line.provisional}`}
              >
                <td>
                  <Go href={paths.plan(line.plan.key, line.period)}>
                    <TextOf text={line.plan.name} />
                  </Go>
                </td>
                <td>{formatPeriod(line.period, language)}</td>
                <td>
                  {line.adjustment ? t('adjustment') : parts(`kind_${line.kind}`)}{' '}
                  {line.provisional && <StateTag state="provisional" />}
                </td>
                <td className="num">{line.awards}</td>
                <td className="num">
                  {line.amount ? (
                    <Figure amount={line.amount} href={href} />
                  ) : (
                    <Figure number={line.figure ?? line.quantity} href={href} />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
