import { Alert, Button, DatePicker, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { faultsByField, formFaults } from '@/api/problem';
import type { Person } from '@/api/types';
import { useWords } from '@/lib/i18n';
import type { PersonInput } from './api';
import { words } from './words';

interface Props {
  person?: Person;
  readOnly?: boolean;
  onSave: (input: PersonInput) => Promise<void>;
  onCancel?: () => void;
}

interface Typed {
  name: string;
  key: string;
  email: string;
  position: string;
  joined_on: Dayjs | null;
  left_on: Dayjs | null;
}

const texts = ['name', 'key', 'email', 'position'] as const;
const days = ['joined_on', 'left_on'] as const;

/** A person's facts; errors stand at their fields. */
export function PersonForm({ person, readOnly, onSave, onCancel }: Props) {
  const t = useWords(words);
  const [form] = Form.useForm<Typed>();
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState('');
  const hasHistory = (person?.positions ?? []).length > 0;
  const day = (text: string | undefined) => (text ? dayjs(text) : null);
  const save = async (typed: Typed) => {
    setSaving(true);
    setFault('');
    try {
      const input: PersonInput = {};
      for (const key of texts) {
        const value = (typed[key] ?? '').trim();
        if (value !== (person?.[key] ?? '')) input[key] = value;
      }
      if (hasHistory) delete input.position;
      if (!person && !input.key) input.key = input.name;
      for (const key of days) {
        const value = typed[key]?.format('YYYY-MM-DD') ?? ''; // an empty text clears a day
        if (value !== (person?.[key] ?? '')) input[key] = value;
      }
      await onSave(input);
    } catch (error) {
      form.setFields(formFaults(error) as Parameters<typeof form.setFields>[0]);
      setFault(faultsByField(error)[''] ?? '');
    } finally {
      setSaving(false);
    }
  };
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      disabled={readOnly || saving}
      onFinish={(typed) => void save(typed)}
      initialValues={{ ...person, joined_on: day(person?.joined_on), left_on: day(person?.left_on) }}
    >
      {fault && <Alert type="error" role="alert" title={fault} style={{ marginBottom: 12 }} />}
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input maxLength={200} autoFocus={!person} />
      </Form.Item>
      <Form.Item name="key" label={t('key')} extra={t('key_hint')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="email" label={t('email')}>
        <Input maxLength={320} inputMode="email" />
      </Form.Item>
      <Form.Item name="position" label={t('position')} extra={hasHistory ? t('position_history') : undefined}>
        <Input maxLength={200} disabled={hasHistory} />
      </Form.Item>
      <Form.Item name="joined_on" label={t('joined')}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="left_on" label={t('left')}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
      {!readOnly && (
        <div style={{ display: 'flex', gap: 8 }}>
          <Button type="primary" htmlType="submit" loading={saving}>
            {t('save')}
          </Button>
          <Button
            onClick={() => {
              form.resetFields();
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
