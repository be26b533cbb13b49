import type { ReactNode } from 'react';
import type { Preview } from '@/api/types';
import { Figure } from '@/components/Figure';
import { TextOf, useText } from '@/components/TextOf';
import { formatAmount, formatNumber, formatPeriod, isZero } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import type { Bar } from './Chart';
import { givesThings } from './spread';
import { words } from './words';

/** Rows of a table in the preview. */
const maxRows = 12;

/** What was given, one after the other: badges, points, cash. */
export function GivenList({ given }: { given: Preview['given'] }) {
  const t = useWords(words);
  const text = useText();
  return <>{given.length > 0 ? given.map((each) => text(each)).join(t('list_comma')) : '—'}</>;
}

/** The table behind the first chart: what is given where that is more than cash, and its cost where it has one. */
export function PeriodsTable({ preview }: { preview: Preview }) {
  const t = useWords(words);
  const things = givesThings(preview);
  const costs = !things || !isZero(preview.total_cost.amount);
  return (
    <details>
      <summary>{t('as_table')}</summary>
      <table className="plain-table">
        <Head
          columns={[
            t('col_period'),
            t('col_subjects'),
            t('col_winners'),
            ...(things ? [t('col_given')] : []),
            ...(costs ? [t('col_cost')] : []),
          ]}
          numbersFrom={1}
        />
        <tbody>
          {preview.periods.map((each) => (
            <tr key={each.label}>
              <td>{each.label}</td>
              <td className="num">{each.subjects}</td>
              <td className="num">{each.winners}</td>
              {things && (
                <td className="num">
                  <GivenList given={each.given} />
                </td>
              )}
              {costs && <td className="num">{formatAmount(each.cost)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** The table behind the distribution. */
export function SpreadTable({ bars }: { bars: readonly Bar[] }) {
  const t = useWords(words);
  return (
    <details>
      <summary>{t('as_table')}</summary>
      <table className="plain-table">
        <Head columns={[t('col_gets'), t('col_times')]} numbersFrom={1} />
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.name}>
              <td>{bar.name}</td>
              <td className="num">{bar.label}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Who would win, newest periods first. */
export function Winners({ preview }: { preview: Preview }) {
  const t = useWords(words);
  const language = useLanguage();
  const rows = preview.rows;
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{t(preview.losers > 0 ? 'moved' : 'winners')}</h3>
      <table className="plain-table">
        <Head columns={[t('col_period'), t('col_who'), t('col_value'), t('col_gets')]} numbersFrom={2} />
        <tbody>
          {rows.slice(0, maxRows).map((row) => (
            <tr key={`${row.period}/${row.subject.kind}/${row.subject.id}`}>
              <td>{formatPeriod(row.period, language)}</td>
              <td>
                {row.subject.name}
                {(row.share_of?.length ?? 0) > 0 && (
                  <span className="quiet preview-from">
                    {t('share_of', { names: (row.share_of ?? []).map((each) => each.name).join(t('list_comma')) })}
                  </span>
                )}
              </td>
              <td className="num">{row.value ? formatNumber(row.value) : '—'}</td>
              <td className="num">
                {row.amount && row.given.length === 1 ? (
                  <Figure amount={row.amount} gold />
                ) : (
                  <GivenList given={row.given} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More shown={maxRows} all={rows.length} />
    </>
  );
}

/** Who would be close: the people that a small change of the numbers would move. */
export function CloseOnes({ preview }: { preview: Preview }) {
  const t = useWords(words);
  const language = useLanguage();
  if (preview.close.length === 0) return null;
  return (
    <>
      <h3>{t('close')}</h3>
      <table className="plain-table">
        <Head
          columns={[t('col_period'), t('col_who'), t('col_value'), t('col_missing')]}
          numbersFrom={2}
          numbersTo={2}
        />
        <tbody>
          {preview.close.slice(0, maxRows).map((row) => (
            <tr key={`${row.period}/${row.subject.kind}/${row.subject.id}`}>
              <td>{formatPeriod(row.period, language)}</td>
              <td>{row.subject.name}</td>
              <td className="num">{formatNumber(row.value)}</td>
              <td>
                <TextOf text={row.missing} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More shown={maxRows} all={preview.close.length} />
    </>
  );
}

function Head({
  columns,
  numbersFrom,
  numbersTo = 99,
}: {
  columns: ReactNode[];
  numbersFrom: number;
  numbersTo?: number;
}) {
  return (
    <thead>
      <tr>
        {columns.map((column, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
          <th key={index} scope="col" className={index >= numbersFrom && index <= numbersTo ? 'num' : undefined}>
            {column}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function More({ shown, all }: { shown: number; all: number }) {
  const t = useWords(words);
  return all > shown ? <p className="quiet">{t('rows_more', { count: all - shown })}</p> : null;
}
