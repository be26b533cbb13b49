import { Timeline } from 'antd';
import type { Amount, AwardDetail } from '@/api/types';
import { DateText } from '@/components/DateText';
import { Go } from '@/components/Go';
import { TextOf } from '@/components/TextOf';
import { formatAmount, isZero } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { type HistoryKind, words } from './words';

/** Every change of the award with its cause: nothing disappears. */
export function AwardHistory({ award }: { award: AwardDetail }) {
  const t = useWords(words);
  const history = award.history ?? [];
  if (history.length === 0) return null;
  const kindWord = (kind: string) => (`kind_${kind}` in words.table ? t(`kind_${kind}` as HistoryKind) : kind);
  return (
    <section className="card">
      <h2>{t('history')}</h2>
      <Timeline
        items={history.map((entry, index) => ({
          key: `${entry.at}/${index}`,
          color: entry.kind.startsWith('revers') || entry.kind.startsWith('lower') ? 'red' : 'green',
          content: (
            <>
              <span className="figure quiet">
                <DateText value={entry.at} show="time" />
              </span>{' '}
              <strong>{kindWord(entry.kind)}</strong>{' '}
              {!award.hidden && <AmountChange before={entry.amount_before} after={entry.amount_after} />}
              <div className="quiet">
                {entry.cause.record_id && entry.cause.object && !entry.cause.object.startsWith('@') ? (
                  <Go href={paths.record(entry.cause.object, entry.cause.record_id)}>
                    <TextOf text={entry.cause.text} />
                  </Go>
                ) : (
                  <TextOf text={entry.cause.text} />
                )}
              </div>
            </>
          ),
        }))}
      />
    </section>
  );
}

function AmountChange({ before, after }: { before?: Amount; after?: Amount }) {
  if (!before && !after) return null;
  return (
    <span className="figure">
      {before && after && before.amount !== after.amount && !isZero(before.amount)
        ? `${formatAmount(before)} → ${formatAmount(after)}`
        : formatAmount(after ?? before)}
    </span>
  );
}
