import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { Field } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { DayPicker } from '../DayPicker';
import { useText } from '../TextOf';
import { type Clause, type Condition, fromCel, kindOf, needsValue, operatorsFor, toCel } from './cel';
import { words } from './words';

/** The most conditions that are still readable as a list. */
const maxClauses = 12;

interface Props {
  /** CEL text. */
  value: string;
  onChange: (text: string) => void;
  fields: readonly Field[];
  problem?: string;
}

/** Conditions by clicking, shown as CEL; text that says more than clicking can is edited as text. */
export function ConditionBuilder({ value, onChange, fields, problem }: Props) {
  const t = useWords(words);
  const [draft, setDraft] = useState<Condition | null>(null);
  const read = fromCel(value, fields);
  const [asText, setAsText] = useState(read === null);
  // The draft keeps unfinished clauses, which the text leaves out.
  const condition = draft && toCel(draft, fields) === value.trim() ? draft : read;

  if (asText || !condition) {
    return (
      <div>
        <Input.TextArea
          aria-label={t('text_label')}
          className="cel-text"
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={4000}
          value={value}
          status={problem ? 'error' : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {problem && <p className="field-problem">{problem}</p>}
        {read && (
          <Button type="link" size="small" onClick={() => setAsText(false)}>
            {t('as_clicks')}
          </Button>
        )}
      </div>
    );
  }

  const change = (next: Condition) => {
    setDraft(next);
    onChange(toCel(next, fields));
  };
  const setClause = (index: number, clause: Clause) =>
    change({ ...condition, clauses: condition.clauses.map((each, at) => (at === index ? clause : each)) });
  const add = () => {
    const first = fields[0];
    if (!first) return;
    const op = operatorsFor(first)[0] ?? 'is';
    change({ ...condition, clauses: [...condition.clauses, { field: first.key, op, values: [''] }] });
  };

  return (
    <div className="conditions">
      {condition.clauses.length > 1 && (
        <Select
          size="small"
          aria-label={t('condition')}
          value={condition.join}
          onChange={(join) => change({ ...condition, join })}
          options={[
            { value: 'all', label: t('join_all') },
            { value: 'any', label: t('join_any') },
          ]}
        />
      )}
      {condition.clauses.map((clause, index) => (
        <ClauseLine
          // biome-ignore lint/suspicious/noArrayIndexKey: clauses have no other name, and are only edited in place
          key={index}
          clause={clause}
          fields={fields}
          onChange={(next) => setClause(index, next)}
          onRemove={() => change({ ...condition, clauses: condition.clauses.filter((_, at) => at !== index) })}
        />
      ))}
      <p>
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={add}
          disabled={fields.length === 0 || condition.clauses.length >= maxClauses}
        >
          {t('add')}
        </Button>
        <Button type="link" size="small" onClick={() => setAsText(true)}>
          {t('as_text')}
        </Button>
      </p>
      {value ? <code className="cel">{value}</code> : <span className="quiet">{t('every_record')}</span>}
      {problem && <p className="field-problem">{problem}</p>}
    </div>
  );
}

interface LineProps {
  clause: Clause;
  fields: readonly Field[];
  onChange: (clause: Clause) => void;
  onRemove: () => void;
}

function ClauseLine({ clause, fields, onChange, onRemove }: LineProps) {
  const t = useWords(words);
  const text = useText();
  const field = fields.find((each) => each.key === clause.field);
  const pickField = (key: string) => {
    const next = fields.find((each) => each.key === key);
    if (next) onChange({ field: key, op: operatorsFor(next)[0] ?? 'is', values: [''] });
  };
  return (
    <div className="clause">
      <Select
        aria-label={t('field')}
        value={clause.field}
        onChange={pickField}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        options={fields.map((each) => ({ value: each.key, label: text(each.name) || each.key }))}
      />
      {field && (
        <Select
          aria-label={t('operator')}
          value={clause.op}
          onChange={(op) => onChange({ ...clause, op, values: needsValue(op) ? clause.values.slice(0, 1) : [] })}
          popupMatchSelectWidth={false}
          options={operatorsFor(field).map((op) => ({ value: op, label: t(`op_${op}`) }))}
        />
      )}
      {field && needsValue(clause.op) && <ValueInput clause={clause} field={field} onChange={onChange} />}
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('remove')} onClick={onRemove} />
    </div>
  );
}

function ValueInput({ clause, field, onChange }: { clause: Clause; field: Field; onChange: (clause: Clause) => void }) {
  const t = useWords(words);
  const text = useText();
  const label = text(field.name) || field.key;
  const value = clause.values[0] ?? '';
  const set = (...values: string[]) => onChange({ ...clause, values });
  const choices = (field.choices ?? []).map((each) => ({ value: each.key, label: text(each.name) || each.key }));
  switch (kindOf(field)) {
    case 'choice':
    case 'choices':
      return clause.op === 'one_of' ? (
        <Select
          mode="multiple"
          aria-label={label}
          value={clause.values.filter(Boolean)}
          onChange={(values: string[]) => set(...values)}
          options={choices}
          popupMatchSelectWidth={false}
        />
      ) : (
        <Select
          aria-label={label}
          value={value || undefined}
          placeholder={t('pick')}
          onChange={(next: string) => set(next)}
          options={choices}
          popupMatchSelectWidth={false}
        />
      );
    case 'bool':
      return (
        <Select
          aria-label={label}
          value={value || undefined}
          placeholder={t('pick')}
          onChange={(next: string) => set(next)}
          options={[
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ]}
        />
      );
    case 'date':
      return <DayPicker aria-label={label} value={value} onChange={set} />;
    default:
      return (
        <Input
          aria-label={label}
          value={value}
          maxLength={500}
          inputMode={kindOf(field) === 'number' ? 'decimal' : 'text'}
          onChange={(event) => set(event.target.value)}
        />
      );
  }
}
