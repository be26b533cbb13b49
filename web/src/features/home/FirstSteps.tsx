import { CheckCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { metricsQuery, plansQuery } from '@/api/plans';
import { objectsQuery, useMay, useMe } from '@/api/session';
import { useGo } from '@/components/Go';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { words } from './words';

/** What a new Laurel calls the company. */
const asShipped = { zh: '我的公司', en: 'My company' };

/** The way from an empty Laurel to the first reward; gone once a plan is published. */
export function FirstSteps() {
  const t = useWords(words);
  const go = useGo();
  const objects = useQuery(objectsQuery);
  const plans = useQuery(plansQuery);
  const metrics = useQuery(metricsQuery);
  const mayImport = useMay(['admin']);
  const { organisation } = useMe();
  if (!objects.data || !plans.data || !metrics.data) return null;

  const hasRecords = objects.data.some((each) => each.count > 0);
  const draft = plans.data.find((each) => each.status === 'draft');
  const published = plans.data.some((each) => each.status === 'published');
  if (hasRecords && published) return null;

  // Amounts, days and quarters of everything that follows are in these.
  const facts = {
    zone: organisation.time_zone,
    month: organisation.fiscal_start_month,
    currency: organisation.currency,
  };
  const steps = [
    {
      title: t('step_facts'),
      hint: t('step_facts_hint', facts),
      action: t('step_facts_do'),
      done: hasRecords || (organisation.name.zh !== asShipped.zh && organisation.name.en !== asShipped.en),
      href: paths.settings(),
      may: mayImport,
    },
    {
      title: t('step_import'),
      hint: t('step_import_hint'),
      action: t('step_import_do'),
      done: hasRecords,
      href: paths.imports(),
      may: mayImport,
    },
    {
      title: t('step_metric'),
      hint: t('step_metric_hint'),
      action: t('step_metric_do'),
      done: metrics.data.length > 0,
      href: paths.newMetric(),
      may: true,
    },
    {
      title: t('step_plan'),
      hint: t('step_plan_hint'),
      action: t('step_plan_do'),
      done: plans.data.length > 0,
      href: paths.newPlan(),
      may: true,
    },
    {
      title: t('step_publish'),
      hint: t('step_publish_hint'),
      action: t('step_publish_do'),
      done: published,
      href: draft ? paths.planEditor(draft.key) : paths.plans(),
      may: true,
    },
  ];
  const now = steps.findIndex((step) => !step.done);
  return (
    <section className="card">
      <h2>
        {t('start')} <span className="quiet first-hint">{t('start_hint')}</span>
      </h2>
      <ol className="first-steps">
        {steps.map((step, index) => (
          <li key={step.title} className={index === now ? 'first-step first-now' : 'first-step'}>
            <span className="first-mark" aria-hidden="true">
              {step.done ? <CheckCircleFilled /> : index + 1}
            </span>
            <div>
              <strong>{step.title}</strong>
              <p className="quiet">{step.done ? t('done') : step.hint}</p>
            </div>
            {(index === now || (now === 0 && index === 1)) && step.may && (
              // Whoever leaves the company's facts as they are goes on with the records.
              <Button type={index === now ? 'primary' : 'default'} onClick={() => go(step.href)}>
                {step.action}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
