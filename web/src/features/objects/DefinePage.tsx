import { PlusOutlined } from '@ant-design/icons';
import { useParams } from '@tanstack/react-router';
import { Alert, App, Button, Card, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { faultsByField } from '@/api/problem';
import { useMe } from '@/api/session';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Go, useGo } from '@/components/Go';
import { PageHeader } from '@/components/PageHeader';
import { Pending } from '@/components/Pending';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import {
  type Draft,
  type DraftField,
  definitionOf,
  draftFaults,
  draftOf,
  type Fault,
  newField,
  withKeys,
} from './definition';
import { FieldEditor } from './FieldEditor';
import type { ObjectInfo } from './model';
import { newObject } from './ObjectsPage';
import { changeObject, createObject, useObjectInfos, useRefreshObjects } from './queries';
import { words } from './words';

/** A new object, or the fields of one that is there. */
export default function DefinePage() {
  const t = useWords(words);
  const key = (useParams({ strict: false }) as { object?: string }).object ?? '';
  const { objects, waiting, error, retry } = useObjectInfos();
  if (error) return <ErrorState error={error} retry={retry} />;
  if (waiting) return <Pending />;
  const object = objects.find((o) => o.key === key);
  if (!object && key !== newObject) return <EmptyState>{t('not_there')}</EmptyState>;
  return <Definition key={`${key}/${object?.version ?? 0}`} object={object} objects={objects} />;
}

function Definition({ object, objects }: { object?: ObjectInfo; objects: ObjectInfo[] }) {
  const t = useWords(words);
  const text = useText();
  const go = useGo();
  const refresh = useRefreshObjects();
  const { message } = App.useApp();
  const { currency } = useMe().organisation;
  const [draft, setDraft] = useState<Draft>(() => draftOf(object));
  const [faults, setFaults] = useState<ReadonlyMap<string, Fault>>(new Map());
  const [refused, setRefused] = useState<string[]>([]);
  const [saving, setSaving] = useState(false);
  const setField = (next: DraftField) =>
    setDraft({ ...draft, fields: draft.fields.map((f) => (f.line === next.line ? next : f)) });
  const told = (at: string) => {
    const fault = faults.get(at);
    return fault ? { validateStatus: 'error' as const, help: t(fault) } : {};
  };

  const save = async () => {
    const taken = object ? [] : objects.map((o) => o.key);
    const keyed = withKeys(
      { ...draft, fields: draft.fields.map((f) => (f.type === 'money' && !f.currency ? { ...f, currency } : f)) },
      taken,
    );
    setDraft(keyed);
    const found = draftFaults(keyed, taken);
    setFaults(found);
    setRefused([]);
    if (found.size > 0) return;
    setSaving(true);
    try {
      const saved = object
        ? await changeObject(object.key, definitionOf(keyed))
        : await createObject(definitionOf(keyed));
      refresh();
      message.success(t('saved'));
      if (!object) go(paths.records(saved.key));
    } catch (error) {
      setRefused(
        Object.entries(faultsByField(error)).map(([field, detail]) => (field ? `${field}: ${detail}` : detail)),
      );
    } finally {
      setSaving(false);
    }
  };

  return (
    <>
      <PageHeader
        title={object ? text(object.name) || object.key : t('add')}
        back={[t('title'), paths.objectSettings()]}
        actions={
          <>
            {object && <Go href={paths.records(object.key)}>{t('open')}</Go>}
            <Button type="primary" loading={saving} onClick={() => void save()}>
              {object ? t('save') : t('create')}
            </Button>
          </>
        }
      />
      {refused.map((each) => (
        <Alert key={each} type="error" role="alert" title={each} style={{ marginBottom: 12 }} />
      ))}
      <Card style={{ marginBottom: 16 }}>
        <Form
          layout="vertical"
          style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', columnGap: 16 }}
        >
          <Form.Item label={t('name_zh')} htmlFor="object-zh" required {...told('name')}>
            <Input
              id="object-zh"
              value={draft.name.zh}
              maxLength={100}
              onChange={(e) => setDraft({ ...draft, name: { ...draft.name, zh: e.target.value } })}
            />
          </Form.Item>
          <Form.Item label={t('name_en')} htmlFor="object-en">
            <Input
              id="object-en"
              value={draft.name.en}
              maxLength={100}
              onChange={(e) => setDraft({ ...draft, name: { ...draft.name, en: e.target.value } })}
            />
          </Form.Item>
          <Form.Item label={t('key')} htmlFor="object-key" help={t('key_hint')} {...told('key')}>
            <Input
              id="object-key"
              value={draft.key}
              disabled={Boolean(object)}
              maxLength={41}
              onChange={(e) => setDraft({ ...draft, key: e.target.value })}
            />
          </Form.Item>
          <Form.Item label={t('title_field')} htmlFor="object-title">
            <Select
              id="object-title"
              value={draft.title || undefined}
              options={draft.fields
                .filter((f) => f.key && (f.type === 'text' || f.type === 'autonumber'))
                .map((f) => ({ value: f.key, label: text(f.name) || f.key }))}
              onChange={(title: string) => setDraft({ ...draft, title })}
            />
          </Form.Item>
        </Form>
      </Card>
      <h2>{t('fields')}</h2>
      {draft.fields.map((field) => (
        <FieldEditor
          key={field.line}
          field={field}
          objects={objects}
          fault={faults.get(String(field.line))}
          currency={currency}
          onChange={setField}
          onRemove={
            field.existing
              ? undefined
              : () => setDraft({ ...draft, fields: draft.fields.filter((f) => f.line !== field.line) })
          }
        />
      ))}
      <Button type="dashed" block icon={<PlusOutlined />} onClick={() => setDraft(newField(draft))}>
        {t('add_field')}
      </Button>
    </>
  );
}
