import type { Statement, StatementCash } from '@/api/types';
import { howMuch, kinds } from '@/components/awards/kinds';
import { words as partWords } from '@/components/awards/words';
import { Figure } from '@/components/Figure';
import { isZero } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { words } from './words';

const lines = ['awards', 'adjustments', 'owed_before', 'incurred', 'taken', 'owed_after'] as const;

/** How what is paid comes about, by currency; steps of nothing are left out. */
export function StatementSums({ statement }: { statement: Statement }) {
  const parts = useWords(partWords);
  const others = kinds.filter((kind) => statement.others[kind]);
  return (
    <section className="card statement-sums">
      {statement.cash.map((cash) => (
        <Sum key={cash.currency} cash={cash} paid={statement.period.state === 'paid'} />
      ))}
      {others.length > 0 && (
        <dl className="earned">
          {others.map((kind) => (
            <div key={kind}>
              <dt>{parts(`kind_${kind}`)}</dt>
              <dd>
                <Figure number={howMuch(kind, statement.others, statement.figures)} size="large" />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Sum({ cash, paid }: { cash: StatementCash; paid: boolean }) {
  const t = useWords(words);
  const amount = (text: string) => ({ amount: text, currency: cash.currency });
  const signed = (line: (typeof lines)[number]) =>
    line === 'taken' && !isZero(cash.taken) ? `-${cash.taken}` : cash[line];
  const owes = !isZero(cash.owed_before) || !isZero(cash.incurred);
  return (
    <div className="statement-sum">
      <dl>
        <div className="statement-net">
          <dt>{t(paid ? 'cash_paid' : 'cash_net')}</dt>
          <dd>
            <Figure amount={amount(cash.net)} size="hero" gold />
          </dd>
        </div>
        {lines
          .filter((line) => line === 'awards' || !isZero(cash[line]))
          .map((line) => (
            <div key={line}>
              <dt>{t(`cash_${line}`)}</dt>
              <dd>
                <Figure amount={amount(signed(line))} />
              </dd>
            </div>
          ))}
      </dl>
      {owes && cash.limit && <p className="quiet">{t('cash_limit', { share: cash.limit })}</p>}
    </div>
  );
}
