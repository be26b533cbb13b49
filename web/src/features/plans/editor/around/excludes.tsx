import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { metricsQuery, plansQuery } from '@/api/plans';
import type { Metric, PlanDef } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { Marked, useFaultWithin } from '../blanks';
import { Fill } from '../fill';
import { RemoveButton } from './List';
import type { AroundPart, PartProps } from './part';
import { aroundWords } from './words';

/** As many plans as the server takes. */
const maxPlans = 20;
/** The shapes that read nothing but the plan's own metric. */
const shapes = ['every', 'reach', 'rate', 'rank', 'race'];
/** Metrics that are computed from others have no records of their own. */
const derived = ['ratio', 'growth', 'attainment', 'combine'];

function Blanks({ def, onChange }: PartProps) {
  const t = useWords(aroundWords);
  const text = useText();
  const metrics = useQuery(metricsQuery).data ?? [];
  const plans = useQuery(plansQuery).data ?? [];
  const chosen = def.excludes ?? [];
  const fault = useFaultWithin('excludes');
  const objectOf = (key: string | undefined) => metrics.find((each) => each.key === key)?.object;
  const own = objectOf(def.metric);
  // A plan on records of another object could leave nothing out; one that is chosen already stays to be taken away.
  const offered = plans.filter(
    (each) => each.key !== def.key && (chosen.includes(each.key) || !own || objectOf(each.metric.key) === own),
  );
  return (
    <>
      <Fill
        sentence={t('excludes')}
        blanks={{
          plans: (
            <Marked fault={fault} empty={chosen.length === 0}>
              <Select
                mode="multiple"
                className="blank"
                variant="borderless"
                aria-label={t('excludes_plans')}
                placeholder={t('excludes_plans')}
                maxCount={maxPlans}
                value={chosen}
                onChange={(excludes) => onChange({ excludes })}
                options={offered.map((each) => ({ value: each.key, label: text(each.name) || each.key }))}
                popupMatchSelectWidth={false}
                style={{ minWidth: '9em' }}
                showSearch={{ optionFilterProp: 'label' }}
              />
            </Marked>
          ),
        }}
      />
      <RemoveButton label={t('remove', { what: t('add_excludes') })} onClick={() => onChange(excludes.none)} />
    </>
  );
}

const counted = (metric: Metric | undefined) => !metric || !derived.includes(metric.measure.kind);
const ownRecords = (def: PlanDef) => !def.earned && (!def.rollup || def.rollup === 'self');

/** Plans whose rewarded records do not count here. */
export const excludes: AroundPart = {
  key: 'excludes',
  offered: (def, metric) => shapes.includes(def.shape) && ownRecords(def) && counted(metric),
  present: (def) => def.excludes !== undefined,
  start: () => ({ excludes: [] }),
  none: { excludes: undefined },
  missing: (def) => (def.excludes?.length === 0 ? ['excludes'] : []),
  Blanks,
};
