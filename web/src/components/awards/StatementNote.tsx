import { Alert } from 'antd';
import type { MyRewards } from '@/api/types';
import { formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { Go } from '../Go';
import { words } from './words';

/** Tells a person of the own statement that waits for a word. */
export function StatementNote({ rewards }: { rewards: MyRewards }) {
  const t = useWords(words);
  const language = useLanguage();
  const { statement } = rewards;
  if (!statement) return null;
  const period = formatPeriod(statement.period.label, language);
  return (
    <Alert
      className="statement-note"
      type="info"
      showIcon
      title={
        <>
          {t(`statement_${statement.answer ?? 'new'}`, { period })}{' '}
          <Go href={paths.statement(statement.period.label)}>{t('statement_open')}</Go>
        </>
      }
    />
  );
}
