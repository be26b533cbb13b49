import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { plansQuery } from '@/api/plans';
import { useMay } from '@/api/session';
import type { Plan } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { Figure } from '@/components/Figure';
import { Go, useGo } from '@/components/Go';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { StateTag } from '@/components/StateTag';
import { TextOf } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import './plans.css';
import { useGiven } from './given';
import { words } from './words';

const groups = [
  ['published', 'running'],
  ['in_review', 'in_review'],
  ['draft', 'drafts'],
  ['ended', 'ended'],
] as const;

/** Every plan that the reader may see, each as the sentence that it promises. */
export default function PlansPage() {
  const t = useWords(words);
  const go = useGo();
  const writes = useMay(['designer']);
  const query = useQuery(plansQuery);
  const write = (
    <Button type="primary" onClick={() => go(paths.newPlan())}>
      {t('new')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} hint={t('hint')} actions={writes && write} />
      <Loaded query={query}>
        {(plans) =>
          plans.length === 0 ? (
            <section className="card">
              <EmptyState example={t('none_example')} action={writes && write}>
                {writes ? t('none') : t('none_reader')}
              </EmptyState>
            </section>
          ) : (
            groups.map(([status, word]) => {
              const members = plans.filter((plan) => plan.status === status);
              if (members.length === 0) return null;
              return (
                <section key={status} className="plan-group" aria-label={t(word)}>
                  <h2 className="section-title">{t(word)}</h2>
                  <ul className="plan-list">
                    {members.map((plan) => (
                      <PlanCard key={plan.key} plan={plan} />
                    ))}
                  </ul>
                </section>
              );
            })
          )
        }
      </Loaded>
    </>
  );
}

function PlanCard({ plan }: { plan: Plan }) {
  const t = useWords(words);
  const draft = plan.status === 'draft';
  const waits = draft || plan.status === 'in_review';
  const given = useGiven(plan);
  return (
    <li className="plan-card">
      <div className="plan-card-top">
        <h3>
          <Go href={draft ? paths.planEditor(plan.key) : paths.plan(plan.key)}>
            <TextOf text={plan.name} />
          </Go>
        </h3>
        {plan.covers_me && <Tag className="state-tag state-good">{t('covers_me')}</Tag>}
        {(waits || plan.in_review) && <StateTag state={plan.in_review ? 'in_review' : 'draft'} />}
        {!waits && !plan.in_review && plan.has_draft && (
          <Tag className="state-tag state-wait">{t('draft_waiting')}</Tag>
        )}
      </div>
      <p className="plan-card-sentence">
        <TextOf text={plan.sentence} />
      </p>
      {!waits && (
        <p className="plan-card-figures quiet">
          {plan.effective_from && <span>{t('since', { day: plan.effective_from })}</span>}
          <Go href={paths.awards({ plan: plan.key, state: 'granted' })}>{t('awards_given', { count: plan.awards })}</Go>
          {(plan.spent || given) && (
            <span>
              {t('spent')}{' '}
              {plan.spent && (
                <Figure
                  amount={plan.spent}
                  href={paths.awards({ plan: plan.key, kind: 'cash', currency: plan.spent.currency, state: 'granted' })}
                  gold
                />
              )}{' '}
              {given}
            </span>
          )}
        </p>
      )}
    </li>
  );
}
