import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { keys } from '@/api/keys';
import type { Statement } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { replyToStatement } from './api';
import { words } from './words';

/** A manager or finance answers a dispute; finance may settle it with the same words. */
export function StatementReply({ statement }: { statement: Statement }) {
  const t = useWords(words);
  const client = useQueryClient();
  const [text, setText] = useState('');
  const reply = useMutation({
    mutationFn: (answer: 'replied' | 'settled') =>
      replyToStatement(statement.period.label, statement.subject.id, answer, text),
    onSuccess: () => {
      setText('');
      void client.invalidateQueries({ queryKey: keys.statements });
      void client.invalidateQueries({ queryKey: keys.closings });
    },
  });
  const empty = text.trim() === '';
  return (
    <div className="statement-reply">
      <Input.TextArea
        aria-label={t('reply_what')}
        placeholder={t('reply_what')}
        maxLength={2000}
        autoSize={{ minRows: 3, maxRows: 8 }}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {reply.isError && <Alert className="closing-note" type="error" showIcon title={reply.error.message} />}
      <p className="closing-act statement-acts">
        {statement.may_settle && (
          <Button type="primary" disabled={empty} loading={reply.isPending} onClick={() => reply.mutate('settled')}>
            {t('settle')}
          </Button>
        )}
        <Button disabled={empty} loading={reply.isPending} onClick={() => reply.mutate('replied')}>
          {t('reply')}
        </Button>
      </p>
      <p className="quiet">{t(statement.may_settle ? 'reply_hint' : 'reply_hint_manager')}</p>
    </div>
  );
}
