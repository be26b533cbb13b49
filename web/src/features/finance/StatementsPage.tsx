import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import type { StatementCash, StatementLine, Statements } from '@/api/types';
import '@/components/awards/awards.css';
import { howMuch, kinds } from '@/components/awards/kinds';
import { words as partWords } from '@/components/awards/words';
import { EmptyState } from '@/components/EmptyState';
import { Figure } from '@/components/Figure';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { AnswerTag } from './AnswerTag';
import { statementsQuery } from './api';
import './finance.css';
import { PeriodSelect, PeriodState } from './PeriodSelect';
import { words } from './words';

/** Every statement of a period that the reader may see, with control totals and the file for payroll. */
export default function StatementsPage() {
  const t = useWords(words);
  const go = useGo();
  const { period } = useSearch({ strict: false }) as { period?: string };
  const query = useQuery(statementsQuery(period));
  const list = query.data;
  return (
    <>
      <PageHeader
        title={t('statements')}
        hint={t('statements_hint')}
        extra={list && <PeriodState period={list.period} />}
        actions={
          list && (
            <>
              <PeriodSelect
                periods={list.periods}
                value={list.period.label}
                onChange={(label) => go(paths.statements(label), { replace: true })}
              />
              {list.may_export && <Button href={paths.statementCsv(list.period.label)}>{t('csv')}</Button>}
            </>
          )
        }
      />
      <Loaded query={query}>{(statements) => <Content list={statements} />}</Loaded>
    </>
  );
}

/** Which statements are listed: of persons only, who alone answer, unless all are. */
const shows = {
  all: () => true,
  disputed: (line: StatementLine) => line.answer?.answer === 'disputed' || line.answer?.answer === 'replied',
  unsaid: (line: StatementLine) => line.subject.kind === 'person' && !line.answer,
};
type Show = keyof typeof shows;

function Content({ list }: { list: Statements }) {
  const t = useWords(words);
  const parts = useWords(partWords);
  const [show, setShow] = useState<Show>('all');
  const paid = list.period.state === 'paid';
  const items = list.items.filter((line) => shows[show](line));
  if (list.items.length === 0) {
    return (
      <section className="card">
        <EmptyState example={t('statements_none_hint')}>{t('statements_none')}</EmptyState>
      </section>
    );
  }
  return (
    <section className="card">
      <p className="quiet">
        {list.period.state === 'open'
          ? t('still_moves')
          : t('answers_count', {
              confirmed: list.confirmed,
              disputed: list.disputed,
              settled: list.settled,
              count: list.items.length,
            })}
      </p>
      {list.period.state !== 'open' && (
        <Segmented
          className="statements-show"
          aria-label={t('show_which')}
          value={show}
          onChange={setShow}
          options={(['all', 'disputed', 'unsaid'] as const).map((value) => ({
            value,
            label: t(`show_${value}`, { count: list.items.filter((line) => shows[value](line)).length }),
          }))}
        />
      )}
      <table className="plain-table statements-table">
        <thead>
          <tr>
            <th scope="col">{t('col_name')}</th>
            <th scope="col" className="num">
              {t('cash_awards')}
            </th>
            <th scope="col" className="num">
              {t('cash_adjustments')}
            </th>
            <th scope="col" className="num">
              {t('cash_taken')}
            </th>
            <th scope="col" className="num">
              {t(paid ? 'cash_paid' : 'cash_net')}
            </th>
            <th scope="col">{parts('team_others')}</th>
            <th scope="col">{t('col_answer')}</th>
          </tr>
        </thead>
        <tbody>
          {(show === 'all' ? list.totals : []).map((total) => (
            <tr key={total.currency} className="statements-total">
              <td>{t('total_of', { currency: total.currency })}</td>
              <Sums cash={total} paid={paid} />
              <td />
              <td />
            </tr>
          ))}
          {items.length === 0 && (
            <tr>
              <td colSpan={7} className="quiet">
                {t('show_none')}
              </td>
            </tr>
          )}
          {items.map((line) => (
            <Line key={`${line.subject.kind}/${line.subject.id}`} line={line} period={list.period} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One line a currency; nearly everybody has one. */
function Line({ line, period }: { line: StatementLine; period: Statements['period'] }) {
  const cash = line.cash.length > 0 ? line.cash : [undefined];
  return (
    <>
      {cash.map((sums, index) => (
        <tr key={sums?.currency ?? 'none'}>
          <td>
            {index === 0 && <Go href={paths.statement(period.label, line.subject)}>{line.subject.name}</Go>}
            {index === 0 && line.subject.kind !== 'person' && <Unit kind={line.subject.kind} />}
          </td>
          {sums ? (
            <Sums cash={sums} paid={period.state === 'paid'} href={paths.statement(period.label, line.subject)} />
          ) : (
            <NoCash />
          )}
          <td className="statements-things">{index === 0 && <Things line={line} />}</td>
          <td>{index === 0 && line.answer && <AnswerTag answer={line.answer} />}</td>
        </tr>
      ))}
    </>
  );
}

function Unit({ kind }: { kind: 'team' | 'department' }) {
  const parts = useWords(partWords);
  return (
    <span className="quiet"> {parts(kind === 'team' ? 'whose_team' : 'whose_department', { name: '' }).trim()}</span>
  );
}

function NoCash() {
  return (
    <>
      <td />
      <td />
      <td />
      <td />
    </>
  );
}

function Sums({ cash, paid, href }: { cash: StatementCash; paid: boolean; href?: string }) {
  const figure = (amount: string) => ({ amount, currency: cash.currency });
  const taken = cash.taken.replace(/^(?=.*[1-9])/, '-');
  const t = useWords(words);
  return (
    <>
      <td className="num" data-label={t('cash_awards')}>
        <Figure amount={figure(cash.awards)} />
      </td>
      <td className="num" data-label={t('cash_adjustments')}>
        <Figure amount={figure(cash.adjustments)} />
      </td>
      <td className="num" data-label={t('cash_taken')}>
        <Figure amount={figure(taken)} />
      </td>
      <td className="num" data-label={t(paid ? 'cash_paid' : 'cash_net')}>
        <Figure amount={figure(cash.net)} href={href} />
      </td>
    </>
  );
}

function Things({ line }: { line: StatementLine }) {
  const parts = useWords(partWords);
  return (
    <>
      {kinds
        .filter((kind) => line.others[kind])
        .map((kind) => (
          <span key={kind} className="team-kind">
            <span className="quiet">{parts(`kind_${kind}`)}</span>{' '}
            <Figure number={howMuch(kind, line.others, line.figures)} />
          </span>
        ))}
    </>
  );
}
