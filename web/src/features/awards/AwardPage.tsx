import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useContext } from 'react';
import { MeContext } from '@/api/session';
import type { AwardDetail } from '@/api/types';
import { AwardWorth } from '@/components/awards/AwardLine';
import '@/components/awards/awards.css';
import { earnedAt, lastDay } from '@/components/awards/earned';
import { OriginTag } from '@/components/awards/OriginTag';
import { words as partWords } from '@/components/awards/words';
import { inZone } from '@/components/DateText';
import { Go } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { StateTag } from '@/components/StateTag';
import { TextOf, useText } from '@/components/TextOf';
import { formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { awardQuery } from './api';
import './award.css';
import { AwardCorrections } from './AwardCorrections';
import { AwardHistory } from './AwardHistory';
import { AwardRecords } from './AwardRecords';
import { words } from './words';

/** One award, opened down to its arithmetic and its records. */
export default function AwardPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useQuery(awardQuery(Number(id)));
  return <Loaded query={query}>{(award) => <Content award={award} />}</Loaded>;
}

function Content({ award }: { award: AwardDetail }) {
  const t = useWords(words);
  const text = useText();
  const language = useLanguage();
  return (
    <article className="award">
      <PageHeader
        title={text(award.plan.name)}
        back={[t('list'), paths.awards({ plan: award.plan.key })]}
        extra={
          <>
            <StateTag state={award.state} /> <OriginTag award={award} />
          </>
        }
      />
      <section className="card">
        <p className="award-worth">
          <AwardWorth award={award} size="hero" />
          <span className="quiet">
            <Whose award={award} /> · {formatPeriod(award.period.label, language)}
          </span>
        </p>
        <StateLine award={award} />
        <p className="award-reason">
          <Reason award={award} />
        </p>
        {award.share_of && <ShareOf share={award.share_of} />}
      </section>
      <section className="card">
        <h2>{t('rule')}</h2>
        <p className="award-rule">
          <TextOf text={award.sentence} />
        </p>
        <p className="quiet">
          <Go href={paths.plan(award.plan.key, award.period.label)}>
            {t('version', { no: award.version_no || award.version })}
          </Go>
        </p>
      </section>
      {(award.steps ?? []).length > 0 && !award.hidden && <Arithmetic award={award} />}
      <AwardCorrections award={award} />
      <AwardRecords award={award} />
      <AwardHistory award={award} />
      <Neighbours award={award} />
    </article>
  );
}

/** Whose award it is: a person's name leads to the person. */
function Whose({ award }: { award: AwardDetail }) {
  const parts = useWords(partWords);
  const { kind, id, name } = award.subject;
  if (kind === 'person') return <Go href={paths.person(id)}>{name}</Go>;
  return <>{parts(kind === 'team' ? 'whose_team' : 'whose_department', { name })}</>;
}

/** Whose reward this is a share of. */
function ShareOf({ share }: { share: NonNullable<AwardDetail['share_of']> }) {
  const t = useWords(words);
  const { kind, id, name } = share.of;
  const who = kind === 'person' ? <Go href={paths.person(id)}>{name}</Go> : name;
  const [before = '', after = ''] = t(share.percent ? 'share_of_percent' : 'share_of', {
    who: '\u0000',
    percent: share.percent ?? '',
  }).split('\u0000');
  return (
    <p className="quiet">
      {before}
      {who}
      {after}
    </p>
  );
}

/** What it is for; where a record brought it about last, a link to that record. */
function Reason({ award }: { award: AwardDetail }) {
  const text = useText();
  const cause = award.history?.at(-1)?.cause;
  const reason = text(award.reason);
  if (!cause?.record_id || !cause.object || cause.object.startsWith('@') || text(cause.text) !== reason) return reason;
  return <Go href={paths.record(cause.object, cause.record_id)}>{reason}</Go>;
}

/** Who did what when, in one line. */
function StateLine({ award }: { award: AwardDetail }) {
  const t = useWords(words);
  const zone = useContext(MeContext)?.organisation.time_zone;
  const moment = (instant: string) => inZone(instant, zone).format('YYYY-MM-DD HH:mm');
  if (award.origin && award.state === 'granted' && award.granted_at) {
    return <p className="award-state quiet">{t('adjusted_on', { when: moment(award.granted_at) })}</p>;
  }
  // A record with a day and no hour earns at midnight: the hour would say nothing.
  const earned = moment(earnedAt(award, zone)).replace(' 00:00', '');
  return (
    <p className="award-state quiet">
      {award.state !== 'provisional' &&
        t(award.amount?.amount.startsWith('-') ? 'taken_on' : 'earned_on', { who: award.subject.name, when: earned })}
      {award.state === 'granted' && award.granted_at && ` · ${t('granted_on', { when: moment(award.granted_at) })}`}
      {award.state === 'provisional' && `${t('provisional_until', { when: lastDay(award.period.to) })}`}
      {award.state === 'reversed' && ` · ${t('reversed_note')}`}
    </p>
  );
}

function Arithmetic({ award }: { award: AwardDetail }) {
  const t = useWords(words);
  return (
    <section className="card">
      <h2>{t('arithmetic')}</h2>
      <div className="table-scroll">
        <table className="plain-table stacked-table award-steps">
          <thead>
            <tr>
              <th scope="col">{t('step')}</th>
              <th scope="col">{t('formula')}</th>
              <th scope="col" className="num">
                {t('result')}
              </th>
            </tr>
          </thead>
          <tbody>
            {award.steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the steps of an award have an order and no other name
              <tr key={index}>
                <td>
                  <TextOf text={step.label} />
                </td>
                <td className="figure" data-label={t('formula')}>
                  {step.formula}
                </td>
                <td className="num" data-label={t('result')}>
                  {step.result}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Neighbours({ award }: { award: AwardDetail }) {
  const t = useWords(words);
  if (!award.previous && !award.next) return null;
  return (
    <nav className="award-neighbours" aria-label={t('neighbours')}>
      {award.previous ? <Go href={paths.award(award.previous.id)}>← {t('previous')}</Go> : <span />}
      {award.next && <Go href={paths.award(award.next.id)}>{t('next')} →</Go>}
    </nav>
  );
}
