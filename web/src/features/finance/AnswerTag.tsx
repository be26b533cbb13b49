import { Tag } from 'antd';
import type { Statement } from '@/api/types';
import { DateText } from '@/components/DateText';
import { useWords } from '@/lib/i18n';
import { words } from './words';

/** What the person said to a statement, and when. */
export function AnswerTag({ answer }: { answer: NonNullable<Statement['answer']> }) {
  const t = useWords(words);
  const disputed = answer.answer === 'disputed';
  return (
    <span className="answer">
      <Tag className={`state-tag state-${disputed ? 'loss' : 'good'}`}>{t(`answered_${answer.answer}`)}</Tag>{' '}
      <span className="quiet">
        {answer.by} · <DateText value={answer.at} show="time" />
      </span>
      {answer.text && <p className="answer-text">{answer.text}</p>}
    </span>
  );
}
