import { Alert, Button, Form } from 'antd';
import { useEffect, useState } from 'react';
import { faultsByField } from '@/api/problem';
import { useText } from '@/components/TextOf';
import { type Field, type ObjectInfo, sameValue, type Wire } from '@/features/objects/model';
import { useWords } from '@/lib/i18n';
import { type Labels, mergeLabels } from './api';
import { useCellContext } from './cellContext';
import { ValueInput } from './ValueInput';
import { words } from './words';

interface Props {
  object: ObjectInfo;
  values: Record<string, Wire>;
  labels?: Labels;
  /** Sends what was changed. It throws when the server refuses, and the faults are shown at their fields. */
  onSave: (changed: Record<string, Wire>) => Promise<void>;
  onCancel?: () => void;
  /** Where an unfinished form is kept on the device. */
  draft?: string;
  isNew?: boolean;
  readOnly?: boolean;
}

/** All fields of a record. Only what was changed is sent; errors stand at their fields. */
export function RecordForm({ object, values, labels, onSave, onCancel, draft, isNew, readOnly }: Props) {
  const t = useWords(words);
  const text = useText();
  const [changed, setChanged] = useState<Record<string, Wire>>(() => recall(draft, object));
  const [typed, setTyped] = useState<Record<string, string | null>>({});
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [saving, setSaving] = useState(false);
  const [names, setNames] = useState<Labels>({});
  const context = useCellContext(mergeLabels(labels, names));
  useEffect(() => keep(draft, changed), [draft, changed]);
  const dirty = Object.keys(changed).some((key) => !sameValue(changed[key], values[key]));

  const put = (field: Field, value: Wire) => {
    setChanged((was) => ({ ...was, [field.key]: value }));
    setFaults(({ [field.key]: _, ...rest }) => rest);
  };
  const missing = () =>
    object.fields.filter((f) => f.required && f.type !== 'autonumber' && isEmpty(changed[f.key] ?? values[f.key]));
  const save = async () => {
    const found = Object.fromEntries([
      ...(isNew ? missing().map((f) => [f.key, t('required')] as const) : []),
      ...Object.entries(typed).filter((e): e is [string, string] => e[1] !== null),
    ]);
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    setSaving(true);
    try {
      await onSave(
        Object.fromEntries(Object.entries(changed).filter(([key, value]) => !sameValue(value, values[key]))),
      );
      setChanged({});
    } catch (error) {
      const byField = Object.entries(faultsByField(error)).map(([path, detail]) => [
        path.replace(/^values\./, ''),
        detail,
      ]);
      setFaults(Object.fromEntries(byField));
    } finally {
      setSaving(false);
    }
  };
  const elsewhere = Object.entries(faults).filter(([key]) => !object.fields.some((f) => f.key === key));

  return (
    <Form layout="vertical" onFinish={() => void save()} disabled={readOnly || saving}>
      {elsewhere.map(([key, detail]) => (
        <Alert key={key} type="error" title={detail} style={{ marginBottom: 12 }} />
      ))}
      {object.fields.map((field) => (
        <Form.Item
          key={field.key}
          label={text(field.name) || field.key}
          htmlFor={`f-${field.key}`}
          required={field.required && field.type !== 'autonumber'}
          validateStatus={faults[field.key] ? 'error' : undefined}
          help={faults[field.key] ?? (field.type === 'autonumber' && isNew ? t('auto') : undefined)}
        >
          <ValueInput
            id={`f-${field.key}`}
            field={field}
            value={field.key in changed ? changed[field.key] : values[field.key]}
            context={context}
            onChange={(value) => put(field, value)}
            onFault={
              field.type === 'autonumber' ? undefined : (fault) => setTyped((was) => ({ ...was, [field.key]: fault }))
            }
            onLabel={(id, name) => setNames((was) => mergeLabels(was, { [field.key]: { [id]: name } }))}
          />
        </Form.Item>
      ))}
      {!readOnly && (dirty || isNew) && (
        <div className="form-foot" style={{ display: 'flex', gap: 8 }}>
          <Button type="primary" htmlType="submit" loading={saving}>
            {t('save')}
          </Button>
          <Button
            onClick={() => {
              setChanged({});
              setFaults({});
              onCancel?.();
            }}
          >
            {t('cancel')}
          </Button>
        </div>
      )}
    </Form>
  );
}

function isEmpty(value: Wire | undefined): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function recall(draft: string | undefined, object: ObjectInfo): Record<string, Wire> {
  if (!draft) return {};
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(draft) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter(([key]) => object.fields.some((f) => f.key === key)),
    ) as Record<string, Wire>;
  } catch {
    return {};
  }
}

function keep(draft: string | undefined, changed: Record<string, Wire>): void {
  if (!draft) return;
  try {
    if (Object.keys(changed).length === 0) sessionStorage.removeItem(draft);
    else sessionStorage.setItem(draft, JSON.stringify(changed));
  } catch {
    // Without storage the draft lasts until the page is closed.
  }
}
