import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMe } from '@/api/session';
import type { Statement } from '@/api/types';
import { AwardList } from '@/components/awards/AwardList';
import '@/components/awards/awards.css';
import { EmptyState } from '@/components/EmptyState';
import { Figure } from '@/components/Figure';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { TextOf } from '@/components/TextOf';
import { formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { statementQuery, statementsQuery } from './api';
import './finance.css';
import { PeriodSelect, PeriodState } from './PeriodSelect';
import { StatementAnswer } from './StatementAnswer';
import { StatementSums } from './StatementSums';
import { words } from './words';

interface Search {
  period?: string;
  kind?: 'person' | 'team' | 'department';
  subject?: string;
}

/** 对账单: one's own, or somebody's whom the reader may see. */
export default function StatementPage() {
  const t = useWords(words);
  const me = useMe();
  const search = useSearch({ strict: false }) as Search;
  const list = useQuery(statementsQuery(search.period));
  const subject = Number(search.subject) || undefined;
  const mine = (!subject || subject === me.person?.id) && (search.kind ?? 'person') === 'person';
  if (mine && !me.person) {
    return (
      <>
        <PageHeader title={t('statement_mine')} />
        <section className="card">
          <EmptyState>{t('no_person')}</EmptyState>
        </section>
      </>
    );
  }
  return (
    <Loaded query={list}>
      {(statements) => (
        <One
          key={statements.period.label}
          label={search.period ?? statements.period.label}
          periods={statements.periods}
          kind={search.kind}
          subject={subject}
          mine={mine}
        />
      )}
    </Loaded>
  );
}

interface OneProps {
  label: string;
  periods: Parameters<typeof PeriodSelect>[0]['periods'];
  kind?: Search['kind'];
  subject?: number;
  mine: boolean;
}

function One({ label, periods, kind, subject, mine }: OneProps) {
  const t = useWords(words);
  const go = useGo();
  const query = useQuery(statementQuery(label, kind, subject));
  return (
    <Loaded query={query}>
      {(statement) => (
        <>
          <PageHeader
            title={mine ? t('statement_mine') : t('statement_of', { name: statement.subject.name })}
            back={mine ? undefined : [t('statements'), paths.statements(label)]}
            extra={<PeriodState period={statement.period} />}
            hint={statement.period.state === 'open' ? t('still_moves') : undefined}
            actions={
              <>
                <PeriodSelect
                  periods={periods}
                  value={label}
                  onChange={(next) =>
                    go(paths.statement(next, mine ? undefined : statement.subject), { replace: true })
                  }
                />
                <Button href={paths.statementPdf(label, statement.subject)}>{t('pdf')}</Button>
              </>
            }
          />
          <Content statement={statement} />
        </>
      )}
    </Loaded>
  );
}

function Content({ statement }: { statement: Statement }) {
  const t = useWords(words);
  const empty = statement.awards.length === 0 && statement.adjustments.length === 0 && statement.cash.length === 0;
  if (empty) {
    return (
      <>
        <section className="card">
          <EmptyState>{t('statement_none')}</EmptyState>
        </section>
        <StatementAnswer statement={statement} />
      </>
    );
  }
  return (
    <>
      <StatementSums statement={statement} />
      {statement.awards.length > 0 && (
        <section className="card">
          <h2>{t('statement_awards')}</h2>
          <AwardList awards={statement.awards} label={t('statement_awards')} />
        </section>
      )}
      {statement.adjustments.length > 0 && (
        <section className="card">
          <h2>{t('statement_adjustments')}</h2>
          <AwardList awards={statement.adjustments} label={t('statement_adjustments')} />
        </section>
      )}
      {statement.owed.length > 0 && <Owed statement={statement} />}
      <StatementAnswer statement={statement} />
    </>
  );
}

/** What was paid too much, oldest first, and how much of each is taken back now. */
function Owed({ statement }: { statement: Statement }) {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <section className="card">
      <h2>{t('statement_owed')}</h2>
      <p className="quiet">{t('owed_hint')}</p>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('col_owed')}</th>
              <th scope="col" className="num">
                {t('col_amount')}
              </th>
              <th scope="col" className="num">
                {t('col_taken')}
              </th>
              <th scope="col" className="num">
                {t('col_left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {statement.owed.map(({ award, taken, left }) => (
              <tr key={award.id}>
                <td>
                  <Go href={paths.award(award.id)}>
                    <TextOf text={award.plan.name} /> · {formatPeriod(award.origin ?? '', language)}
                  </Go>{' '}
                  <span className="quiet">
                    <TextOf text={award.reason} />
                  </span>
                </td>
                <td className="num">
                  <Figure amount={award.amount} href={paths.award(award.id)} />
                </td>
                <td className="num">
                  <Figure amount={taken} />
                </td>
                <td className="num">
                  <Figure amount={left} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
