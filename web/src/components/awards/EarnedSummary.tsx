import type { MyRewards } from '@/api/types';
import { formatAmount, formatPeriod, isNegative, isZero, subtract } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { type AwardsFilter, paths } from '@/lib/paths';
import { Figure } from '../Figure';
import { howMuch, kinds } from './kinds';
import { words } from './words';

/** The line at the top: earned, against the last period, still provisional, and the things that are not money. */
export function EarnedSummary({ rewards, person }: { rewards: MyRewards; person?: number }) {
  const t = useWords(words);
  const language = useLanguage();
  const period = formatPeriod(rewards.period_label, language);
  const provisional = rewards.provisional;
  // What the figure adds up, and nothing else: the person's own, earned in the quarter.
  const { from, to } = rewards.period;
  const own: AwardsFilter = { person: person ?? rewards.person.id, own: true, from, to };
  const cash: AwardsFilter = { ...own, kind: 'cash', currency: rewards.earned.currency };
  return (
    <dl className="earned">
      <div>
        <dt>{t('earned', { period })}</dt>
        <dd>
          <Figure
            amount={rewards.earned}
            size="hero"
            gold
            href={paths.awards({ ...cash, state: 'granted' })}
            label={t('earned', { period })}
          />
          <Difference rewards={rewards} />
        </dd>
      </div>
      {provisional && !isZero(provisional.amount) && (
        <div>
          <dt>{t('provisional')}</dt>
          <dd>
            <Figure
              amount={provisional}
              size="large"
              href={paths.awards({ ...cash, state: 'provisional' })}
              label={t('provisional')}
            />
          </dd>
        </div>
      )}
      {kinds
        .filter((kind) => (rewards.counts?.[kind] ?? 0) > 0)
        .map((kind) => (
          <div key={kind}>
            <dt>{t(`kind_${kind}`)}</dt>
            <dd>
              <Figure
                number={howMuch(kind, rewards.counts, rewards.figures)}
                size="large"
                href={paths.awards({ ...own, kind, state: 'granted' })}
                label={t(`kind_${kind}`)}
              />
            </dd>
          </div>
        ))}
    </dl>
  );
}

function Difference({ rewards }: { rewards: MyRewards }) {
  const t = useWords(words);
  const difference = subtract(rewards.earned, rewards.earned_before);
  if (!difference) return null;
  // A running quarter is compared with as many days of the last one.
  const [versus, same] = rewards.period.running
    ? (['versus_so_far', 'same_so_far'] as const)
    : (['versus', 'same'] as const);
  if (isZero(difference.amount)) return <span className="quiet">{t(same)}</span>;
  const down = isNegative(difference.amount);
  const size = { ...difference, amount: difference.amount.replace('-', '') };
  return (
    <span className={down ? 'difference figure-loss' : 'difference'}>
      {down ? '▼' : '▲'} {formatAmount(size)} <span className="quiet">{t(versus)}</span>
    </span>
  );
}
