import { useMe } from '@/api/session';
import type { Award } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { DateText, inZone, useToday } from '../DateText';
import { Figure } from '../Figure';
import { Go } from '../Go';
import { StateTag } from '../StateTag';
import { TextOf, useText } from '../TextOf';
import { daysBetween, earnedAt } from './earned';
import { OriginTag } from './OriginTag';
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
  const href = paths.award(award.id);
  return (
    <li className={fresh ? 'award-line slide-in' : 'award-line'}>
      <span className="award-when">
        <Earned award={award} relative={who} />
      </span>
      <span className="award-what">
        {(who || award.subject.kind !== 'person') && <Whose award={award} />}
        <Go href={paths.plan(award.plan.key)} className="award-plan">
          <TextOf text={award.plan.name} />
        </Go>
        <AwardWorth award={award} href={href} signed />
        <OriginTag award={award} />
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

/** Whose it is; a team's or department's says so, since its people read it among their own. */
function Whose({ award }: { award: Award }) {
  const t = useWords(words);
  const { kind, name } = award.subject;
  return <strong className="award-who">{kind === 'person' ? name : t(`whose_${kind}` as const, { name })}</strong>;
}

/** The day it was earned. Most records carry a day and no hour, so an hour is never counted. */
function Earned({ award, relative }: { award: Award; relative?: boolean }) {
  const t = useWords(words);
  const zone = useMe().organisation.time_zone;
  const today = useToday();
  const when = earnedAt(award, zone);
  const day = when.includes('T') ? inZone(when, zone).format('YYYY-MM-DD') : when;
  const ago = daysBetween(day, today);
  if (!relative || ago < 0 || ago > 6)
    return (
      <DateText value={when} show={relative || day.slice(0, 4) !== today.slice(0, 4) || ago < 0 ? 'date' : 'short'} />
    );
  const shown = ago === 0 ? t('today') : ago === 1 ? t('yesterday') : t('days_ago', { count: ago });
  return (
    <time dateTime={day} title={day}>
      {shown}
    </time>
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
  // What is hidden is an amount; a badge or a title has none.
  if (award.hidden && ['cash', 'points', 'leave'].includes(award.reward.kind)) return <Figure hidden size={size} />;
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
