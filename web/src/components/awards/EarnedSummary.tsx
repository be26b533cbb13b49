import type { MyRewards } from '@/api/types';
import { formatPeriod, isZero } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { type AwardsFilter, paths } from '@/lib/paths';
import { Figure } from '../Figure';
import { howMuch, kinds } from './kinds';
import { words } from './words';

/** The line at the top: earned, what the quarter before came to, still provisional, and the things that are not money. */
export function EarnedSummary({ rewards, person }: { rewards: MyRewards; person?: number }) {
  const t = useWords(words);
  const language = useLanguage();
  const period = formatPeriod(rewards.period_label, language);
  const provisional = rewards.provisional;
  // What the figure adds up, and nothing else: the person's own, earned in the quarter.
  const { from, to } = rewards.period;
  const own = { person: person ?? rewards.person.id, own: true, from, to } satisfies AwardsFilter;
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
          <Before rewards={rewards} person={own.person} />
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

/** What the finished quarter came to: a running one is not compared with it by days, since a growing award has one date only. */
function Before({ rewards, person }: { rewards: MyRewards; person: number }) {
  const t = useWords(words);
  const language = useLanguage();
  const { label, from, to } = rewards.period_before;
  if (isZero(rewards.earned_before.amount)) return null;
  const period = t('before', { period: formatPeriod(label, language) });
  const { currency } = rewards.earned_before;
  return (
    <span className="earned-before quiet">
      {period}{' '}
      <Figure
        amount={rewards.earned_before}
        href={paths.awards({ person, own: true, from, to, kind: 'cash', currency, state: 'granted' })}
        label={period}
      />
    </span>
  );
}
