import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useMay } from '@/api/session';
import type { PlanDetail, Standing, StandingRow } from '@/api/types';
import '@/components/awards/awards.css';
import { OwnLeftOut } from '@/components/awards/OwnLeftOut';
import { useToday } from '@/components/DateText';
import { EmptyState } from '@/components/EmptyState';
import { Figure } from '@/components/Figure';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { ProgressBar } from '@/components/ProgressBar';
import { TextOf, useText } from '@/components/TextOf';
import { formatNumber, formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { standingQuery } from './api';
import { words } from './words';

/** Rows shown before "show all". */
const firstRows = 20;

/** How everybody stands in one period: value, progress, what they earned, and what is missing. */
export function StandingTable({ plan, period }: { plan: PlanDetail; period?: string }) {
  const t = useWords(words);
  const go = useGo();
  const language = useLanguage();
  const query = useQuery(standingQuery(plan.key, period));
  const standing = query.data;
  const today = useToday();
  const when = ({ period }: Standing) => {
    if (period.running) return t('still_running');
    return period.from > today ? t('to_begin', { day: period.from }) : t('closed');
  };
  return (
    <section className="card">
      <div className="card-head">
        <h2>
          {t('standing')} {standing && <span className="quiet">{when(standing)}</span>}
        </h2>
        {standing && standing.periods.length > 0 && (
          <Select
            aria-label={t('standing_of')}
            value={standing.period.label}
            onChange={(label) => go(paths.plan(plan.key, label), { replace: true })}
            options={standing.periods.map((label) => ({ value: label, label: formatPeriod(label, language) }))}
            popupMatchSelectWidth={false}
          />
        )}
      </div>
      <Loaded query={query}>
        {(data) => (
          <>
            <Rows standing={data} plan={plan} />
            <OwnLeftOut list={data.left_out} />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Rows({ standing, plan }: { standing: Standing; plan: PlanDetail }) {
  const t = useWords(words);
  const [all, setAll] = useState(false);
  const [mine, setMine] = useState(false);
  const people = standing.rows.filter((row) => row.is_mine);
  const rows = mine && people.length > 0 ? people : standing.rows;
  if (rows.length === 0) return <EmptyState>{t('standing_none')}</EmptyState>;
  // The reader's own line is always there, wherever it stands.
  const shown = all ? rows : rows.filter((row, index) => index < firstRows || row.is_me);
  return (
    <>
      {people.length > 0 && people.length < standing.rows.length && (
        <Segmented
          className="standing-mine"
          value={mine}
          onChange={setMine}
          options={[
            { value: false, label: t('rows_all') },
            { value: true, label: t('rows_mine') },
          ]}
        />
      )}
      {rows.some((row) => row.hidden) && <p className="quiet">{t('rows_hidden')}</p>}
      <table className="plain-table standing">
        <thead>
          <tr>
            <th scope="col" className="num standing-rank">
              {t('rank')}
            </th>
            <th scope="col">{t(`subject_${plan.subject}`)}</th>
            <th scope="col" className="num">
              {t('value')}
            </th>
            {plan.shape !== 'rank' && (
              <th scope="col" className="standing-bar">
                {t('progress')}
              </th>
            )}
            <th scope="col" className="num">
              {t('got')}
            </th>
            <th scope="col">{t('next_or_why')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={`${row.subject.kind}/${row.subject.id}`} row={row} plan={plan} period={standing.period.label} />
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <p className="card-more">
          <Button type="link" onClick={() => setAll(true)}>
            {t('show_all')}
          </Button>
          <span className="quiet">{t('shown_first', { shown: shown.length, count: rows.length })}</span>
        </p>
      )}
    </>
  );
}

function Row({ row, plan, period }: { row: StandingRow; plan: PlanDetail; period: string }) {
  const t = useWords(words);
  const text = useText();
  const person = row.subject.kind === 'person' ? row.subject.id : undefined;
  const own = person ? { person, own: true } : { unit: row.subject.id };
  const earned = paths.awards({ plan: plan.key, period, ...own, state: 'all' });
  const { progress } = row;
  const opens = useMay(['finance']);
  return (
    <tr className={row.is_me ? 'standing-me' : undefined}>
      <td className="num standing-rank">{row.rank > 0 ? row.rank : ''}</td>
      <td className="standing-who">
        {person && (row.is_me || row.is_mine || opens) ? (
          <Go href={paths.myRewards(row.is_me ? undefined : person)}>{row.subject.name}</Go>
        ) : (
          row.subject.name
        )}{' '}
        {row.is_me && <span className="quiet">({t('me')})</span>}
      </td>
      <td className="num standing-value">
        {row.hidden ? <Figure hidden /> : row.value === '' ? t('no_value') : formatNumber(row.value)}
      </td>
      {plan.shape !== 'rank' && (
        <td className="standing-bar">
          {!row.hidden && (
            <ProgressBar
              permille={progress.ratio}
              done={progress.done}
              label={t('progress_of', { name: row.subject.name })}
              valueText={progress.target ? `${progress.value} / ${progress.target}` : progress.value}
            />
          )}
        </td>
      )}
      <td className="num standing-got">
        {row.hidden && <Figure hidden />}
        {!row.hidden && row.amount && <Figure amount={row.amount} href={earned} gold label={t('got')} />}
        {!row.hidden && !row.amount && row.awards > 0 && (
          <Figure
            text={row.given.map(text).join(t('given_and')) || `× ${row.awards}`}
            href={earned}
            gold
            label={t('got')}
          />
        )}
      </td>
      <td className="quiet standing-why">
        <TextOf text={progress.sentence.zh || progress.sentence.en ? progress.sentence : row.why_not} />
      </td>
    </tr>
  );
}
