import type { useQuery } from '@tanstack/react-query';
import { Alert, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense, useMemo } from 'react';
import { isProblem } from '@/api/problem';
import type { PlanDef, Preview } from '@/api/types';
import { Figure } from '@/components/Figure';
import { TextOf } from '@/components/TextOf';
import { approximate, formatAmountShort, isZero } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import type { Range } from './draft';
import { CloseOnes, GivenList, PeriodsTable, SpreadTable, Winners } from './PreviewTables';
import { givesThings, spread } from './spread';
import { words } from './words';

const Chart = lazy(() => import('./Chart'));

interface Props {
  def: PlanDef;
  ready: boolean;
  query: ReturnType<typeof useQuery<Preview>>;
  range: Range;
  onRange: (range: Range) => void;
}

/** What the sentence would have paid on the company's own history. */
export function LivePreview({ ready, query, range, onRange }: Props) {
  const t = useWords(words);
  const preview = query.data;
  const [from, to] = range;
  // The same objects as long as the days stay: another one would take away what is being typed.
  const shown = useMemo<[dayjs.Dayjs, dayjs.Dayjs]>(() => [dayjs(from), dayjs(to).subtract(1, 'day')], [from, to]);
  return (
    <section className="card preview" aria-label={t('preview')} aria-busy={query.isFetching}>
      <div className="card-head">
        <h2>{t('preview')}</h2>
        <DatePicker.RangePicker
          aria-label={t('preview_range')}
          allowClear={false}
          // The last day is shown; the server is told the day after it.
          value={shown}
          onChange={(days) =>
            days?.[0] && days[1] && onRange([days[0].format('YYYY-MM-DD'), days[1].add(1, 'day').format('YYYY-MM-DD')])
          }
        />
      </div>
      {!ready && <p className="quiet preview-wait">{t('preview_wait')}</p>}
      {ready && query.isError && (
        <Alert
          type="warning"
          showIcon
          title={query.error.message}
          description={
            isProblem(query.error) && query.error.faults.length > 0 ? (
              <Problems problems={query.error.faults} />
            ) : undefined
          }
        />
      )}
      {ready && preview && <Picture preview={preview} fading={query.isPlaceholderData} />}
    </section>
  );
}

/** Everything that the server refuses, also where no blank on the left shows it. */
function Problems({ problems }: { problems: readonly { field?: string; detail: string }[] }) {
  return (
    <ul className="preview-problems">
      {problems.map((each) => (
        <li key={`${each.field}/${each.detail}`}>{each.detail}</li>
      ))}
    </ul>
  );
}

function Picture({ preview, fading }: { preview: Preview; fading: boolean }) {
  const t = useWords(words);
  const costs = preview.periods.map((each) => ({
    name: each.label,
    height: approximate(each.cost.amount),
    // Whole yuan on the bars; the table behind has the cents.
    label: formatAmountShort(each.cost).replace(/\.\d+$/, ''),
  }));
  const counts = preview.periods.map((each) => ({
    name: each.label,
    height: each.winners,
    label: String(each.winners),
  }));
  const free = isZero(preview.total_cost.amount);
  const things = givesThings(preview);
  const distribution = spread(preview.rows, useLanguage());
  return (
    <div className={fading ? 'preview-fading' : undefined}>
      {preview.problems.length > 0 && (
        <Alert type="warning" showIcon title={t('problems')} description={<Problems problems={preview.problems} />} />
      )}
      <p className="preview-sentence">
        <TextOf text={preview.sentence} />
      </p>
      <p className="preview-line" hidden={preview.problems.length > 0}>
        {t('preview_line', { people: preview.people, winners: preview.winners })}
        {preview.losers > 0 && t('preview_losers', { count: preview.losers })}
        {things && (
          <>
            {' · '}
            {t('preview_given')} <GivenList given={preview.given} />
          </>
        )}
        {!free && (
          <>
            {' · '}
            {t('preview_cost')} <Figure amount={preview.total_cost} size="large" gold short />
          </>
        )}
      </p>
      {preview.rows.length === 0 && preview.problems.length === 0 && <p className="quiet">{t('preview_none')}</p>}
      {preview.rows.length > 0 && (
        <Suspense fallback={<div className="chart" />}>
          <h3>{free ? t('chart_winners') : t('chart_cost')}</h3>
          <Chart bars={free ? counts : costs} label={free ? t('chart_winners') : t('chart_cost')} gold={!free} />
          <PeriodsTable preview={preview} />
          <h3>{t('chart_spread')}</h3>
          <Chart bars={distribution} label={t('chart_spread')} />
          <SpreadTable bars={distribution} />
        </Suspense>
      )}
      <Winners preview={preview} />
      <CloseOnes preview={preview} />
      <p className="quiet preview-ms">{t('preview_ms', { ms: preview.elapsed_ms })}</p>
    </div>
  );
}
