import { Tag } from 'antd';
import type { Statement } from '@/api/types';
import { DateText } from '@/components/DateText';
import { useWords } from '@/lib/i18n';
import { words } from './words';

type Answer = NonNullable<Statement['answer']>;

const tones = { confirmed: 'good', disputed: 'loss', replied: 'loss', settled: 'wait' } as const;

/** What was said to a statement, by whom and when. */
export function AnswerTag({ answer }: { answer: Answer }) {
  const t = useWords(words);
  return (
    <span className="answer">
      <Tag className={`state-tag state-${tones[answer.answer]}`}>{t(`answered_${answer.answer}`)}</Tag>{' '}
      <span className="quiet">
        {answer.by} · <DateText value={answer.at} show="time" />
      </span>
      {answer.text && <p className="answer-text">{answer.text}</p>}
    </span>
  );
}
