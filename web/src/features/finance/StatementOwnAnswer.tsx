import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import type { Statement } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { answerStatement } from './api';
import { words } from './words';

/** The person confirms the statement, or says what is wrong. */
export function StatementOwnAnswer({ statement }: { statement: Statement }) {
  const t = useWords(words);
  const client = useQueryClient();
  const [text, setText] = useState<string>();
  const say = useMutation({
    mutationFn: (answer: 'confirmed' | 'disputed') =>
      answerStatement(statement.period.label, answer, answer === 'disputed' ? (text ?? '') : ''),
    onSuccess: () => {
      setText(undefined);
      void client.invalidateQueries({ queryKey: keys.statements });
      void client.invalidateQueries({ queryKey: keys.myRewards });
    },
  });
  const last = statement.answer?.answer;
  return (
    <>
      {(last === 'replied' || last === 'settled') && <p className="quiet">{t(`next_${last}`)}</p>}
      {last === 'disputed' && <p className="quiet">{t('next_disputed')}</p>}
      {say.isError && <Alert className="closing-note" type="error" showIcon title={say.error.message} />}
      {text === undefined ? (
        <p className="closing-act statement-acts">
          {last !== 'confirmed' && (
            <Button type="primary" loading={say.isPending} onClick={() => say.mutate('confirmed')}>
              {t('confirm')}
            </Button>
          )}
          <Button onClick={() => setText('')}>{t(last && last !== 'confirmed' ? 'dispute_again' : 'dispute')}</Button>
        </p>
      ) : (
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
    </>
  );
}
