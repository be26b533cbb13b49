import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import type { Accrual, AccrualLine, AccrualUnit } from '@/api/types';
import { words as partWords } from '@/components/awards/words';
import '@/components/awards/awards.css';
import { EmptyState } from '@/components/EmptyState';
import { Figure } from '@/components/Figure';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { StateTag } from '@/components/StateTag';
import { TextOf } from '@/components/TextOf';
import { formatPeriod, isZero, sum } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { accrualQuery, forecastQuery } from './api';
import { ForecastCard } from './ForecastCard';
import './finance.css';
import { words } from './words';

const kinds = ['month', 'quarter', 'year'] as const;
const sides = ['plan', 'department', 'team'] as const;
type By = (typeof sides)[number];

/** 计提与预测: earned and not paid as of now, and what the running period will come to. */
export default function AccrualPage() {
  const t = useWords(words);
  const go = useGo();
  const search = useSearch({ strict: false }) as { kind?: string };
  const kind = kinds.find((each) => each === search.kind) ?? 'month';
  const accrual = useQuery(accrualQuery);
  const forecast = useQuery(forecastQuery(kind));
  return (
    <>
      <PageHeader
        title={t('accrual')}
        hint={t('accrual_hint')}
        actions={
          <Segmented
            aria-label={t('forecast')}
            value={kind}
            onChange={(next) => go(paths.accrual(next === 'month' ? undefined : next), { replace: true })}
            options={kinds.map((each) => ({ value: each, label: t(`kind_${each}`) }))}
          />
        }
      />
      <Loaded query={forecast}>{(data) => <ForecastCard forecast={data} />}</Loaded>
      <Loaded query={accrual}>{(data) => <AccrualCard accrual={data} />}</Loaded>
    </>
  );
}

function AccrualCard({ accrual }: { accrual: Accrual }) {
  const t = useWords(words);
  const [by, setBy] = useState<By>('plan');
  return (
    <section className="card">
      <div className="accrual-head">
        <h2>{t('accrued')}</h2>
        {accrual.lines.length > 0 && (
          <div className="accrual-acts">
            <Segmented
              aria-label={t('accrual_by')}
              value={by}
              onChange={setBy}
              options={sides.map((each) => ({ value: each, label: t(`by_${each}`) }))}
            />
            <Button icon={<DownloadOutlined />} href={paths.accrualCsv(by)} download>
              CSV
            </Button>
          </div>
        )}
      </div>
      <p className="quiet">{accrual.since ? t('accrued_since', { day: accrual.since }) : t('accrued_never')}</p>
      {accrual.lines.length === 0 ? (
        <EmptyState>{t('accrued_none')}</EmptyState>
      ) : (
        <>
          <Totals accrual={accrual} />
          {by === 'plan' ? (
            groups(accrual.lines).map(([plan, lines]) => <PlanLines key={plan} lines={lines} />)
          ) : (
            <UnitLines units={by === 'team' ? accrual.teams : accrual.departments} />
          )}
        </>
      )}
    </section>
  );
}

function Totals({ accrual }: { accrual: Accrual }) {
  const t = useWords(words);
  return (
    <>
      {accrual.totals.map((total) => {
        const amount = (text: string) => ({ amount: text, currency: total.currency });
        const parts = [
          ['granted', total.granted],
          ['provisional_sum', total.provisional],
          ['taken_sum', isZero(total.taken) ? total.taken : `-${total.taken}`],
          ['owed_sum', total.owed],
        ] as const;
        return (
          <dl className="earned closing-cash" key={total.currency}>
            <div>
              <dt>{t('payable')}</dt>
              <dd>
                <Figure amount={amount(total.payable)} size="hero" gold />
              </dd>
            </div>
            {parts
              .filter(([, text]) => !isZero(text))
              .map(([word, text]) => (
                <div key={word}>
                  <dt>{t(word)}</dt>
                  <dd>
                    <Figure amount={amount(text)} size="large" />
                  </dd>
                </div>
              ))}
          </dl>
        );
      })}
      <Figures lines={accrual.lines} />
      {accrual.cost && (
        <p>
          {t('cost_sum')} <Figure amount={accrual.cost} />
        </p>
      )}
    </>
  );
}

/** The cash of each department or team. */
function UnitLines({ units }: { units: readonly AccrualUnit[] }) {
  const t = useWords(words);
  const any = (part: 'provisional' | 'taken') => units.some((each) => !isZero(each[part]));
  return (
    <>
      <div className="table-scroll">
        <table className="plain-table accrual-units">
          <thead>
            <tr>
              <th scope="col">{t('col_unit')}</th>
              <th scope="col" className="num">
                {t('granted')}
              </th>
              {any('provisional') && (
                <th scope="col" className="num">
                  {t('provisional_sum')}
                </th>
              )}
              {any('taken') && (
                <th scope="col" className="num">
                  {t('taken_sum')}
                </th>
              )}
              <th scope="col" className="num">
                {t('payable')}
              </th>
            </tr>
          </thead>
          <tbody>
            {units.map((each) => {
              const figure = (text: string) => <Figure amount={{ amount: text, currency: each.currency }} />;
              return (
                <tr key={`${each.unit?.key ?? ''}/${each.currency}`}>
                  <td>
                    {each.unit ? <TextOf text={each.unit.name} /> : <span className="quiet">{t('no_unit')}</span>}
                  </td>
                  <td className="num">{figure(each.granted)}</td>
                  {any('provisional') && <td className="num">{figure(each.provisional)}</td>}
                  {any('taken') && (
                    <td className="num">{figure(isZero(each.taken) ? each.taken : `-${each.taken}`)}</td>
                  )}
                  <td className="num">
                    <strong>{figure(each.payable)}</strong>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="quiet">{t('unit_hint')}</p>
    </>
  );
}

/** Points and days of leave in all. */
function Figures({ lines }: { lines: readonly AccrualLine[] }) {
  const parts = useWords(partWords);
  const sums = (['points', 'leave'] as const).flatMap((kind) => {
    const figure = thingsIn(lines.filter((each) => each.kind === kind));
    return figure ? [{ kind, figure }] : [];
  });
  if (sums.length === 0) return null;
  return (
    <dl className="earned closing-cash">
      {sums.map(({ kind, figure }) => (
        <div key={kind}>
          <dt>{parts(`kind_${kind}`)}</dt>
          <dd>
            <Figure number={figure} size="large" />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Things of one kind: points and days of leave added up, others counted. */
const thingsIn = (lines: readonly AccrualLine[]) =>
  sum(lines.map((each) => ({ amount: each.figure ?? String(each.quantity), currency: each.kind })))?.amount;

/** The lines of each plan, newest period first. */
function groups(lines: readonly AccrualLine[]): [string, AccrualLine[]][] {
  const byPlan = new Map<string, AccrualLine[]>();
  for (const line of lines) byPlan.set(line.plan.key, [line, ...(byPlan.get(line.plan.key) ?? [])]);
  return [...byPlan.entries()];
}

/** One plan: its sum, and its periods once it is opened. */
function PlanLines({ lines }: { lines: readonly AccrualLine[] }) {
  const t = useWords(words);
  const parts = useWords(partWords);
  const first = lines[0];
  if (!first) return null;
  const total = sum(lines.flatMap((each) => (each.amount ? [each.amount] : [])));
  const things = thingsIn(lines); // of one kind; what is of several is told line by line
  const periods = new Set(lines.map((each) => each.period)).size;
  return (
    <details className="accrual-plan">
      <summary>
        <span>
          <TextOf text={first.plan.name} /> <span className="quiet">{t('periods_count', { count: periods })}</span>
        </span>
        {total && <Figure amount={total} />}
        {!total && things && (
          <span>
            <span className="quiet">{parts(`kind_${first.kind}`)}</span> <Figure number={things} />
          </span>
        )}
      </summary>
      <div className="table-scroll">
        <table className="plain-table">
          <tbody>
            {lines.map((line) => (
              <Line key={`${line.period}/${line.kind}/${line.adjustment}/${line.provisional}`} line={line} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Line({ line }: { line: AccrualLine }) {
  const t = useWords(words);
  const parts = useWords(partWords);
  const language = useLanguage();
  const href = paths.awards({
    plan: line.plan.key,
    period: line.period,
    kind: line.kind,
    currency: line.amount?.currency,
    state: line.provisional ? 'provisional' : 'granted',
  });
  return (
    <tr>
      <td>
        <Go href={paths.plan(line.plan.key, line.period)}>{formatPeriod(line.period, language)}</Go>
      </td>
      <td>
        {line.adjustment ? t('adjustment') : parts(`kind_${line.kind}`)}{' '}
        {line.provisional && <StateTag state="provisional" />}
        {line.closed && <span className="quiet">{t('state_closed')}</span>}
      </td>
      <td className="num">
        {line.amount ? (
          <Figure amount={line.amount} href={href} />
        ) : (
          <Figure number={line.figure ?? line.quantity} href={href} />
        )}
      </td>
      <td className="num">{line.cost && <Figure amount={line.cost} />}</td>
    </tr>
  );
}
