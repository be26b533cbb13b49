import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useObjects } from '@/api/session';
import type { FieldSlot, MetricSet, ObjectInfo } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { fieldsFor, type Mapping } from './ready';
import { readyWords } from './readyWords';

interface Props {
  set: MetricSet;
  mapping: Mapping;
  onSay: (slot: string, value: string) => void;
}

/** Which table, field and value stands in each slot of a set, to be changed. */
export function ReadyMapping({ set, mapping, onSay }: Props) {
  const t = useWords(readyWords);
  const text = useText();
  const objects = useObjects();
  return (
    <>
      {set.objects.map((slot) => {
        const object = objects.find((each) => each.key === mapping[slot.slot]);
        return (
          <fieldset key={slot.slot} className="ready-object">
            <legend>{text(slot.name)}</legend>
            <Row label={t('table')}>
              <Choose
                label={t('of', { object: text(slot.name), field: t('table') })}
                options={objects.map((each) => ({ value: each.key, label: text(each.name) }))}
                value={mapping[slot.slot]}
                onChange={(value) => onSay(slot.slot, value)}
              />
            </Row>
            {object &&
              slot.fields.map((field) => (
                <FieldRows
                  key={field.slot}
                  of={text(slot.name)}
                  slot={field}
                  object={object}
                  mapping={mapping}
                  onSay={onSay}
                />
              ))}
          </fieldset>
        );
      })}
    </>
  );
}

interface FieldProps extends Omit<Props, 'set'> {
  of: string;
  slot: FieldSlot;
  object: ObjectInfo;
}

function FieldRows({ of, slot, object, mapping, onSay }: FieldProps) {
  const t = useWords(readyWords);
  const text = useText();
  const field = object.fields.find((each) => each.key === mapping[slot.slot]);
  return (
    <>
      <Row label={text(slot.name)}>
        <Choose
          label={t('of', { object: of, field: text(slot.name) })}
          options={fieldsFor(slot, object, mapping).map((each) => ({ value: each.key, label: text(each.name) }))}
          value={mapping[slot.slot]}
          onChange={(value) => onSay(slot.slot, value)}
        />
      </Row>
      {field &&
        slot.values?.map((value) => (
          <Row key={value.slot} label={text(value.name)}>
            {field.type === 'choice' ? (
              <Choose
                label={t('of', { object: of, field: text(value.name) })}
                options={(field.choices ?? []).map((each) => ({ value: each.key, label: text(each.name) || each.key }))}
                value={mapping[value.slot]}
                onChange={(given) => onSay(value.slot, given)}
              />
            ) : (
              <NumberBox
                key={mapping[value.slot]}
                label={t('of', { object: of, field: text(value.name) })}
                value={mapping[value.slot] ?? ''}
                onChange={(given) => onSay(value.slot, given)}
              />
            )}
          </Row>
        ))}
    </>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="ready-row">
      <span>{label}</span>
      {children}
    </div>
  );
}

interface ChooseProps {
  label: string;
  options: { value: string; label: string }[];
  value: string | undefined;
  onChange: (value: string) => void;
}

function Choose({ label, options, value, onChange }: ChooseProps) {
  const t = useWords(readyWords);
  return (
    <Select
      aria-label={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('unmapped')}
      options={options}
      value={value || undefined}
      onChange={(given) => onChange(given ?? '')}
    />
  );
}

function NumberBox({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const sound = /^(-?\d+(\.\d+)?)?$/.test(typed.trim());
  return (
    <Input
      aria-label={label}
      aria-invalid={!sound}
      inputMode="decimal"
      status={sound ? undefined : 'error'}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => sound && typed.trim() !== value && onChange(typed.trim())}
      onPressEnter={(event) => event.currentTarget.blur()}
    />
  );
}
