import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import type { Statement } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { AnswerTag } from './AnswerTag';
import { answerStatement } from './api';
import { words } from './words';

/** The person confirms the statement or says what is wrong; everybody else who may see it reads the answer. */
export function StatementAnswer({ statement }: { statement: Statement }) {
  const t = useWords(words);
  const client = useQueryClient();
  const [text, setText] = useState<string>();
  const say = useMutation({
    mutationFn: (answer: 'confirmed' | 'disputed') =>
      answerStatement(statement.period.label, answer, answer === 'disputed' ? (text ?? '') : ''),
    onSuccess: () => {
      setText(undefined);
      void client.invalidateQueries({ queryKey: keys.statements });
    },
  });
  if (!statement.may_answer && !statement.answer) return null;
  return (
    <section className="card">
      <h2>{t('answer_title')}</h2>
      {statement.answer && <AnswerTag answer={statement.answer} />}
      {say.isError && <Alert className="closing-note" type="error" showIcon title={say.error.message} />}
      {statement.may_answer && text === undefined && (
        <p className="closing-act statement-acts">
          {statement.answer?.answer !== 'confirmed' && (
            <Button type="primary" loading={say.isPending} onClick={() => say.mutate('confirmed')}>
              {t('confirm')}
            </Button>
          )}
          <Button onClick={() => setText('')}>{t('dispute')}</Button>
        </p>
      )}
      {statement.may_answer && text !== undefined && (
        <>
          <Input.TextArea
            aria-label={t('dispute_what')}
            placeholder={t('dispute_what')}
            maxLength={2000}
            autoSize={{ minRows: 3, maxRows: 8 }}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <p className="closing-act statement-acts">
            <Button
              type="primary"
              disabled={text.trim() === ''}
              loading={say.isPending}
              onClick={() => say.mutate('disputed')}
            >
              {t('send')}
            </Button>
            <Button onClick={() => setText(undefined)}>{t('cancel')}</Button>
          </p>
        </>
      )}
    </section>
  );
}
