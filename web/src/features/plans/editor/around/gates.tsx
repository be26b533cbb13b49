import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { metricsQuery } from '@/api/plans';
import type { PlanDef } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { NewMetric } from '../NewMetric';
import { isPercent, prefixOf, suffixOf } from '../unit';
import { words } from '../words';
import { FaultLine, RemoveButton, replaced, without } from './List';
import type { AroundPart, PartProps } from './part';
import { aroundWords } from './words';

type Gate = NonNullable<PlanDef['gates']>[number];

/** As many conditions as the server takes. */
const maxGates = 10;
const makeNew = '+';
const fresh: Gate = { metric: '', compare: 'at_least', value: '' };

function Blanks({ def, onChange }: PartProps) {
  const t = useWords(aroundWords);
  const common = useWords(words);
  const text = useText();
  const metrics = useQuery(metricsQuery).data ?? [];
  const [making, setMaking] = useState<number>();
  const gates = def.gates ?? [];
  const set = (index: number, part: Partial<Gate>) => {
    const gate = gates[index] ?? fresh;
    onChange({ gates: replaced(gates, index, { ...gate, ...part }) });
  };
  // "95%" of a rate is no number of tickets: a figure stays only among metrics that are typed alike.
  const pick = (index: number, key: string) => {
    const percent = (wanted: string | undefined) => isPercent(metrics.find((each) => each.key === wanted));
    const alike = percent(key) === percent(gates[index]?.metric);
    set(index, alike ? { metric: key } : { metric: key, value: '' });
  };
  const remove = (index: number) => onChange({ gates: gates.length > 1 ? without(gates, index) : undefined });
  return (
    <>
      {gates.map((gate, index) => {
        const metric = metrics.find((each) => each.key === gate.metric);
        const percent = isPercent(metric);
        const at = `gates[${index}]`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have an order and no other name
          <div key={index} className="around-line">
            <Fill
              sentence={t(index === 0 ? 'gate' : 'gate_and')}
              blanks={{
                window: (
                  <ChoiceBlank
                    label={t('gate_window')}
                    field={`${at}.window`}
                    value={gate.window ?? 'period'}
                    onChange={(window) => set(index, { window: window === 'period' ? undefined : window })}
                    options={choices(windowsFor(def), (key) => t(`window_${key}`))}
                  />
                ),
                metric: (
                  <ChoiceBlank
                    label={t('gate_metric')}
                    field={`${at}.metric`}
                    search
                    placeholder={common('blank_metric')}
                    value={gate.metric}
                    onChange={(key) => (key === makeNew ? setMaking(index) : pick(index, key))}
                    options={[
                      ...metrics.map((each) => ({ value: each.key, label: text(each.name) || each.key })),
                      { value: makeNew, label: common('new_metric') },
                    ]}
                  />
                ),
                compare: (
                  <ChoiceBlank
                    label={t('gate_compare')}
                    field={`${at}.compare`}
                    value={gate.compare ?? 'at_least'}
                    onChange={(compare) => set(index, { compare })}
                    options={choices(['at_least', 'above', 'at_most', 'below'] as const, (key) => t(`compare_${key}`))}
                  />
                ),
                value: (
                  <NumberBlank
                    label={t('gate_value')}
                    field={`${at}.value`}
                    required
                    prefix={prefixOf(metric)}
                    suffix={suffixOf(metric)}
                    percent={percent}
                    placeholder={percent ? '95' : '1'}
                    value={gate.value}
                    onChange={(value) => set(index, { value })}
                  />
                ),
              }}
            />
            <RemoveButton label={t('remove', { what: t('add_gates') })} onClick={() => remove(index)} />
            <FaultLine field={at} />
          </div>
        );
      })}
      <FaultLine field="gates" />
      {gates.length < maxGates && (
        <Button size="small" icon={<PlusOutlined />} onClick={() => onChange({ gates: [...gates, fresh] })}>
          {t('gate_more')}
        </Button>
      )}
      <NewMetric
        open={making !== undefined}
        onClose={() => setMaking(undefined)}
        onMade={(key) => {
          if (making !== undefined) pick(making, key);
          setMaking(undefined);
        }}
      />
    </>
  );
}

/** Periods that a plan lists itself have none before them. */
const windowsFor = (def: PlanDef) =>
  def.period === 'custom'
    ? (['period', 'quarter', 'half', 'year'] as const)
    : (['period', 'previous', 'quarter', 'half', 'year'] as const);

/** Other metrics that must hold, or nothing is due. */
export const gates: AroundPart = {
  key: 'gates',
  offered: () => true,
  present: (def) => (def.gates?.length ?? 0) > 0,
  start: () => ({ gates: [fresh] }),
  none: { gates: undefined },
  missing: (def) =>
    (def.gates ?? []).flatMap((gate, index) => [
      ...(gate.metric ? [] : [`gates[${index}].metric`]),
      ...(gate.value ? [] : [`gates[${index}].value`]),
    ]),
  Blanks,
};
