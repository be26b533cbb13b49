import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMay, useMe } from '@/api/session';
import type { PlanDetail } from '@/api/types';
import { Figure } from '@/components/Figure';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { StateTag } from '@/components/StateTag';
import { TextOf, useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { planQuery } from './api';
import { EndPlan, ResumePlan } from './EndPlan';
import { useGiven } from './given';
import './plans.css';
import { PlanReview } from './PlanReview';
import { PlanVersions } from './PlanVersions';
import { judgedFrom } from './review';
import { StandingTable } from './StandingTable';
import { words } from './words';

/** One plan: its sentence, whom it covers, how everybody stands, what it cost, and its versions. */
export default function PlanPage() {
  const { key } = useParams({ strict: false }) as { key: string };
  const query = useQuery(planQuery(key));
  return <Loaded query={query}>{(plan) => <Content plan={plan} />}</Loaded>;
}

function Content({ plan }: { plan: PlanDetail }) {
  const t = useWords(words);
  const text = useText();
  const go = useGo();
  const writes = useMay(['designer']);
  const { period } = useSearch({ strict: false }) as { period?: string };
  const published = judgedFrom(plan) !== undefined;
  return (
    <>
      <PageHeader
        title={text(plan.name)}
        back={[t('title'), paths.plans()]}
        extra={
          <>
            <StateTag state={plan.status} />
            {plan.in_review && plan.status !== 'in_review' && <StateTag state="in_review" />}
          </>
        }
        hint={text(plan.description) || undefined}
        actions={
          writes && (
            <>
              {plan.ended && <ResumePlan plan={plan} />}
              {plan.status === 'published' && <EndPlan plan={plan} />}
              <Button type={plan.has_draft ? 'default' : 'primary'} onClick={() => go(paths.planEditor(plan.key))}>
                {t('edit')}
              </Button>
            </>
          )
        }
      />
      <section className="card">
        <p className="plan-sentence">
          <TextOf text={plan.sentence} />
        </p>
        <Facts plan={plan} />
      </section>
      <PlanReview plan={plan} />
      {published && <StandingTable plan={plan} period={period} />}
      <PlanVersions plan={plan} />
    </>
  );
}

function Facts({ plan }: { plan: PlanDetail }) {
  const t = useWords(words);
  const text = useText();
  const measures = useMay(['designer']);
  const given = useGiven(plan);
  const me = useMe();
  const outside = me.person !== undefined && !plan.covers_me && plan.status === 'published';
  // Where all that was given is of one kind, a count of awards would say the same again.
  const kinds = Object.values(plan.given);
  const counted =
    !plan.spent && kinds.length === 1 && kinds[0] === plan.awards && Object.keys(plan.figures).length === 0;
  return (
    <dl className="facts">
      <div>
        <dt>{t('who')}</dt>
        <dd>
          <TextOf text={plan.audience_text} />
          {outside && <span className="quiet"> · {t('covers_me_not')}</span>}
        </dd>
      </div>
      <div>
        <dt>{t('metric')}</dt>
        <dd>
          {measures ? (
            <Go href={paths.metric(plan.metric.key)}>
              <TextOf text={plan.metric.name} />
            </Go>
          ) : (
            <TextOf text={plan.metric.name} />
          )}
        </dd>
      </div>
      <div>
        <dt>{t('period')}</dt>
        <dd>{t(`period_${plan.period}`)}</dd>
      </div>
      <div>
        <dt>{t('visibility')}</dt>
        <dd>
          {t(`visibility_${plan.visibility}`)}
          {plan.closed_by && (
            <span className="quiet">
              {' '}
              · {t('closed_by', { plan: text(plan.closed_by.name) || plan.closed_by.key })}
            </span>
          )}
        </dd>
      </div>
      {plan.awards > 0 && (
        <div>
          <dt>{t('cost')}</dt>
          <dd>
            {plan.spent && (
              <Figure
                amount={plan.spent}
                href={paths.awards({ plan: plan.key, kind: 'cash', currency: plan.spent.currency, state: 'granted' })}
                gold
              />
            )}{' '}
            {!counted && given}{' '}
            <Go href={paths.awards({ plan: plan.key, state: 'granted' })}>
              {counted ? given : t('awards_given', { count: plan.awards })}
            </Go>
          </dd>
        </div>
      )}
    </dl>
  );
}
