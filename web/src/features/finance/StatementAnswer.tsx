import type { Statement } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { AnswerTag } from './AnswerTag';
import { StatementOwnAnswer } from './StatementOwnAnswer';
import { StatementReply } from './StatementReply';
import { words } from './words';

/** All that was said to a statement, oldest first, and what the reader may say next: the person, a manager or finance. */
export function StatementAnswer({ statement }: { statement: Statement }) {
  const t = useWords(words);
  const { history } = statement;
  if (!statement.may_answer && history.length === 0) return null;
  const stands = history.findIndex((each) => !each.earlier);
  return (
    <section className="card" aria-label={t('answer_title')}>
      <h2>{t('answer_title')}</h2>
      {history.length > 0 && (
        <ol className="answers">
          {history.map((each, index) => (
            <li key={each.at}>
              {index === stands && stands > 0 && <p className="quiet">{t('answers_anew')}</p>}
              <AnswerTag answer={each} />
            </li>
          ))}
        </ol>
      )}
      {stands < 0 && history.length > 0 && <p className="quiet">{t('answers_anew')}</p>}
      {statement.may_answer && <StatementOwnAnswer statement={statement} />}
      {statement.may_reply && <StatementReply statement={statement} />}
    </section>
  );
}
