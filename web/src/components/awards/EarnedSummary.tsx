import type { MyRewards } from '@/api/types';
import { formatAmountShort, formatPeriod, isNegative, isZero, subtract } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { Figure } from '../Figure';
import { words } from './words';

const kinds = ['badge', 'title', 'gift', 'training', 'growth', 'points', 'leave'] as const;

/** The line at the top: earned, against the last period, still provisional, and the things that are not money. */
export function EarnedSummary({ rewards, person }: { rewards: MyRewards; person?: number }) {
  const t = useWords(words);
  const language = useLanguage();
  const period = formatPeriod(rewards.period_label, language);
  const provisional = rewards.provisional;
  return (
    <dl className="earned">
      <div>
        <dt>{t('earned', { period })}</dt>
        <dd>
          <Figure
            amount={rewards.earned}
            size="hero"
            short
            gold
            href={paths.awards({ person, state: 'granted' })}
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
              short
              href={paths.awards({ person, state: 'provisional' })}
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
                number={rewards.counts[kind]}
                size="large"
                href={paths.awards({ person })}
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
  if (isZero(difference.amount)) return <span className="quiet">{t('same')}</span>;
  const down = isNegative(difference.amount);
  const size = { ...difference, amount: difference.amount.replace('-', '') };
  return (
    <span className={down ? 'difference figure-loss' : 'difference'}>
      {down ? '▼' : '▲'} {formatAmountShort(size)} <span className="quiet">{t('versus')}</span>
    </span>
  );
}
