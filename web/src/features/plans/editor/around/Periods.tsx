import { Input } from 'antd';
import type { PlanDef } from '@/api/types';
import { DayPicker } from '@/components/DayPicker';
import { useWords } from '@/lib/i18n';
import { Marked, useFault, widthOf } from '../blanks';
import { Fill } from '../fill';
import { FaultLine, Rows, replaced, without } from './List';
import type { PartProps } from './part';
import { aroundWords } from './words';

type Listed = NonNullable<PlanDef['periods']>[number];

/** More would be a calendar, not a list. */
const maxPeriods = 60;
export const freshPeriod: Listed = { label: '', from: '', last: '' };

/** The periods of a plan that lists them itself. */
export function Periods({ def, onChange }: PartProps) {
  const t = useWords(aroundWords);
  const periods = def.periods ?? [];
  const set = (index: number, period: Listed) => onChange({ periods: replaced(periods, index, period) });
  return (
    <div className="sentence-more">
      {t('periods')}
      <Rows
        rows={periods.map((period, index) => (
          <Fill
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows have an order and no other name
            key={index}
            sentence={t('period_one')}
            blanks={{
              label: (
                <LabelBlank
                  field={`periods[${index}].label`}
                  value={period.label}
                  onChange={(label) => set(index, { ...period, label })}
                />
              ),
              from: (
                <DayBlank
                  label={t('period_from')}
                  field={`periods[${index}].from`}
                  value={period.from}
                  onChange={(from) => set(index, { ...period, from })}
                />
              ),
              last: (
                <DayBlank
                  label={t('period_last')}
                  field={`periods[${index}].last`}
                  value={period.last}
                  near={period.from}
                  onChange={(last) => set(index, { ...period, last })}
                />
              ),
            }}
          />
        ))}
        removeLabel={(index) => t('remove', { what: periods[index]?.label || t('period_this') })}
        onRemove={periods.length > 1 ? (index) => onChange({ periods: without(periods, index) }) : undefined}
        addLabel={t('period_more')}
        onAdd={periods.length < maxPeriods ? () => onChange({ periods: [...periods, freshPeriod] }) : undefined}
      />
      <FaultLine field="periods" />
    </div>
  );
}

function LabelBlank({ value, onChange, field }: { value: string; onChange: (label: string) => void; field: string }) {
  const t = useWords(aroundWords);
  const fault = useFault(field);
  return (
    <Marked fault={fault} empty={value === ''}>
      <Input
        className="blank"
        variant="borderless"
        aria-label={t('period_label')}
        placeholder={t('period_example')}
        maxLength={40}
        style={{ width: `${Math.max(12, widthOf(value) + 3)}ch` }}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Marked>
  );
}

interface DayProps {
  value: string;
  onChange: (day: string) => void;
  field: string;
  label: string;
  /** Where the calendar opens while the blank is empty. */
  near?: string;
}

function DayBlank({ value, onChange, field, label, near }: DayProps) {
  const fault = useFault(field);
  return (
    <Marked fault={fault} empty={value === ''}>
      <DayPicker
        className="blank blank-day"
        variant="borderless"
        aria-label={label}
        placeholder={label}
        allowClear={false}
        suffixIcon={null}
        value={value}
        near={near}
        onChange={onChange}
      />
    </Marked>
  );
}

/** Fields of the blanks that must still be filled. */
export const missingOfPeriods = (def: PlanDef): string[] =>
  def.period !== 'custom'
    ? []
    : (def.periods ?? []).flatMap((period, index) =>
        (['label', 'from', 'last'] as const)
          .filter((key) => !period[key].trim())
          .map((key) => `periods[${index}].${key}`),
      );
