import { useMe } from '@/api/session';
import type { Award } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { DateText } from '../DateText';
import { Figure } from '../Figure';
import { Go } from '../Go';
import { StateTag } from '../StateTag';
import { TextOf, useText } from '../TextOf';
import { earnedAt } from './earned';
import { words } from './words';

interface Props {
  award: Award;
  /** Names the person or team: for lists about several people. */
  who?: boolean;
  /** Arrived while the page was open. */
  fresh?: boolean;
}

/** One award in a list: when, what, why, and the way to its evidence. */
export function AwardLine({ award, who, fresh }: Props) {
  const t = useWords(words);
  const zone = useMe().organisation.time_zone;
  const href = paths.award(award.id);
  return (
    <li className={fresh ? 'award-line slide-in' : 'award-line'}>
      <span className="award-when">
        <DateText value={earnedAt(award, zone)} show={who ? 'relative' : 'short'} />
      </span>
      <span className="award-what">
        {who && <strong className="award-who">{award.subject.name}</strong>}
        <Go href={paths.plan(award.plan.key)} className="award-plan">
          <TextOf text={award.plan.name} />
        </Go>
        <AwardWorth award={award} href={href} signed />
        {award.state !== 'granted' && <StateTag state={award.state} />}
      </span>
      <span className="award-why quiet">
        <TextOf text={award.reason} />
      </span>
      <Go href={href} className="award-open">
        {t('evidence')} →
      </Go>
    </li>
  );
}

/** What the award is worth in a word: an amount, or the name of the thing. */
export function AwardWorth({
  award,
  href,
  signed,
  size,
}: {
  award: Award;
  href?: string;
  signed?: boolean;
  size?: 'body' | 'large' | 'hero';
}) {
  const text = useText();
  const reversed = award.state === 'reversed';
  if (award.hidden) return <Figure hidden size={size} />;
  if (award.amount && award.reward.kind === 'cash') {
    return (
      <span className={reversed ? 'struck' : undefined}>
        <Figure amount={award.amount} href={href} signed={signed && !reversed} gold={!reversed} size={size} />
      </span>
    );
  }
  // The headline says how much of what: “20 积分”, “精选茶礼”.
  const shown = text(award.headline) || text(award.reward.name) || award.reward.kind;
  return (
    <span className={reversed ? 'struck' : undefined}>
      <Figure text={shown} href={href} gold={!reversed} size={size} />
    </span>
  );
}
