import { Segmented } from 'antd';
import { useState } from 'react';
import type { PlanDef } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { Around } from './around/Around';
import { freshPeriod } from './around/Periods';
import { ChoiceBlank, choices, PlaceContext } from './blanks';
import { paramsOf, withShape } from './draft';
import { Fill } from './fill';
import { MetricOrEarned, useJudged } from './MetricOrEarned';
import { NewMetric } from './NewMetric';
import { shapeOf, shapes } from './shapes';
import { useShapeInfo } from './shapes/info';
import { Terms } from './Terms';
import { words } from './words';

interface Props {
  def: PlanDef;
  onChange: (def: PlanDef) => void;
}

/** The plan as one sentence with blanks. */
export function Sentence({ def, onChange }: Props) {
  const t = useWords(words);
  const text = useText();
  const info = useShapeInfo();
  const [making, setMaking] = useState(false);
  const metric = useJudged(def);
  const shape = shapeOf(def.shape);
  const set = (part: Partial<PlanDef>) => onChange({ ...def, ...part });

  const metricBlank = (
    <PlaceContext value="">
      <MetricOrEarned def={def} onChange={set} onNew={() => setMaking(true)} />
    </PlaceContext>
  );
  return (
    <>
      <Segmented
        className="shape-choice"
        aria-label={t('shape')}
        value={def.shape}
        onChange={(key) => onChange(withShape(def, key))}
        options={shapes.map((each) => ({ value: each.key, label: text(info(each.key)?.name) || each.key }))}
      />
      {info(def.shape) && <p className="quiet shape-example">{text(info(def.shape)?.example)}</p>}
      <div className="sentence">
        <Fill
          sentence={t('lead')}
          blanks={{
            subject: (
              <ChoiceBlank
                label={t('subject_person')}
                field="subject"
                value={def.subject}
                onChange={(subject) => set({ subject, audience: { member: def.audience?.member } })}
                options={choices(['person', 'team', 'department'] as const, (key) => t(`subject_${key}`))}
              />
            ),
            period: (
              <ChoiceBlank
                label={t('period_quarter')}
                field="period"
                value={def.period}
                onChange={(period) => set({ period, periods: period === 'custom' ? [freshPeriod] : undefined })}
                options={choices(['week', 'month', 'quarter', 'half', 'year', 'custom'] as const, (key) =>
                  t(`period_${key}`),
                )}
              />
            ),
          }}
        />
        <PlaceContext value="params">
          <shape.Blanks
            params={paramsOf(def)}
            onParams={(params) => set({ params })}
            def={def}
            metric={metric}
            metricBlank={metricBlank}
            onReward={(reward) => set({ reward })}
          />
        </PlaceContext>
      </div>
      <Around def={def} onChange={set} metric={metric} />
      <Terms def={def} onChange={set} />
      <NewMetric
        open={making}
        onClose={() => setMaking(false)}
        onMade={(key) => {
          setMaking(false);
          set({ metric: key, earned: undefined });
        }}
      />
    </>
  );
}
