import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useText } from '@/components/TextOf';
import type { Field, ObjectInfo } from '@/features/objects/model';
import { ValueInput } from '@/features/records/ValueInput';
import type { CellContext } from '@/features/records/values/cell';
import { words } from '@/features/records/words';
import { useWords } from '@/lib/i18n';
import { type Condition, maxConditions, operatorsOf, operatorWords, reshape, takesValue } from './conditions';

interface Props {
  object: ObjectInfo;
  conditions: Condition[];
  formula: string;
  context: CellContext;
  onApply: (conditions: Condition[], formula: string) => void;
  onLabel: (field: string, id: number, name: string) => void;
}

/** Conditions as sentences: field, comparison, value. All of them must hold. */
export function FilterPanel({ object, conditions, formula, context, onApply, onLabel }: Props) {
  const t = useWords(words);
  const text = useText();
  const [list, setList] = useState<Condition[]>(conditions.length > 0 ? conditions : start(object));
  const [cel, setCel] = useState(formula);
  const change = (at: number, next: Partial<Condition>) =>
    setList(list.map((c, i) => (i === at ? reshape(c, object.fields, next) : c)));
  return (
    <form
      className="filter-rows"
      aria-label={t('filter')}
      onSubmit={(event) => {
        event.preventDefault();
        onApply(list, cel.trim());
      }}
    >
      <span>{t('where_all')}</span>
      {list.map((condition, at) => {
        const field = object.fields.find((f) => f.key === condition.field);
        if (!field) return null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place in the list
          <div className="filter-row" key={`${at}-${condition.field}`}>
            <Select
              aria-label={t('field')}
              showSearch={{ optionFilterProp: 'label' }}
              value={condition.field}
              options={object.fields.map((f) => ({ value: f.key, label: text(f.name) || f.key }))}
              onChange={(key: string) => change(at, { field: key })}
            />
            <Select
              aria-label={t('comparison')}
              value={condition.op}
              options={operatorsOf(field).map((op) => ({ value: op, label: text(operatorWords(field, op)) }))}
              onChange={(op) => change(at, { op })}
            />
            {takesValue(condition.op) ? (
              <ValueInput
                field={inputField(field, condition)}
                value={condition.op === 'in' ? (condition.value ?? []) : condition.value}
                label={t('value')}
                context={context}
                onChange={(value) => change(at, { value })}
                onFault={() => undefined}
                onLabel={(id, name) => onLabel(field.key, id, name)}
              />
            ) : (
              <span />
            )}
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('remove_condition')}
              onClick={() => setList(list.filter((_, i) => i !== at))}
            />
          </div>
        );
      })}
      {list.length < maxConditions && (
        <Button type="dashed" icon={<PlusOutlined />} onClick={() => setList([...list, ...start(object)])}>
          {t('add_condition')}
        </Button>
      )}
      {cel !== '' && (
        <Input.TextArea aria-label={t('formula')} value={cel} autoSize onChange={(e) => setCel(e.target.value)} />
      )}
      <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
        <Button onClick={() => onApply([], '')}>{t('clear')}</Button>
        <Button type="primary" htmlType="submit">
          {t('apply')}
        </Button>
      </div>
    </form>
  );
}

function start(object: ObjectInfo): Condition[] {
  const field = object.fields[0];
  if (!field) return [];
  return [reshape({ field: field.key, op: operatorsOf(field)[0] ?? 'eq' }, object.fields, {})];
}

/** The input of a condition: one choice of several is compared at a time, a part of an auto number is a text. */
function inputField(field: Field, condition: Condition): Field {
  if (field.type === 'choices') return { ...field, type: 'choice' };
  if (field.type === 'autonumber' || (field.type === 'longtext' && condition.op === 'contains'))
    return { ...field, type: 'text' };
  return { ...field, required: false };
}
