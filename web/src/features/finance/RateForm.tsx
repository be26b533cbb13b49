import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, AutoComplete, Button, DatePicker, Drawer, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { keys } from '@/api/keys';
import { faultsByField } from '@/api/problem';
import { useWords } from '@/lib/i18n';
import { saveRate } from './rates';
import { words } from './rateWords';

const currencies = ['USD', 'EUR', 'JPY', 'HKD', 'GBP', 'CNY', 'TWD', 'SGD', 'KRW', 'AUD', 'CAD', 'CHF'];

/** What a form of a rate begins with; `fixed` when one that is there is corrected. */
export interface RateStart {
  currency?: string;
  from?: string;
  rate?: string;
  fixed?: boolean;
}

interface Typed {
  currency: string;
  from: Dayjs;
  rate: string;
}

export function RateForm({ start, base, onClose }: { start: RateStart; base: string; onClose: () => void }) {
  const t = useWords(words);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const [fault, setFault] = useState('');
  const [saving, setSaving] = useState(false);
  const save = async (typed: Typed) => {
    setSaving(true);
    setFault('');
    try {
      await saveRate({ currency: typed.currency, from: typed.from.format('YYYY-MM-DD'), rate: typed.rate.trim() });
      await client.invalidateQueries({ queryKey: keys.rates });
      void client.invalidateQueries({ queryKey: keys.metrics });
      message.success(t('saved'));
      onClose();
    } catch (error) {
      const faults = Object.entries(faultsByField(error));
      const at = (field: string) => faults.find(([name]) => name.endsWith(field))?.[1];
      form.setFields(
        (['currency', 'from', 'rate'] as const).map((name) => ({ name, errors: [at(name) ?? ''].filter(Boolean) })),
      );
      setFault(faults.find(([name]) => !/(currency|from|rate)$/.test(name))?.[1] ?? '');
    } finally {
      setSaving(false);
    }
  };
  const required = { required: true, message: t('required') };
  return (
    <Drawer open title={t(start.fixed ? 'correct' : 'add')} onClose={onClose}>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ currency: start.currency, from: start.from ? dayjs(start.from) : undefined, rate: start.rate }}
        onFinish={(typed) => void save(typed)}
      >
        {fault && <Alert type="error" role="alert" title={fault} style={{ marginBottom: 12 }} />}
        <Form.Item name="currency" label={t('currency')} rules={[required]}>
          <AutoComplete
            disabled={start.fixed}
            placeholder="USD"
            options={currencies.filter((each) => each !== base).map((value) => ({ value }))}
          />
        </Form.Item>
        <Form.Item name="from" label={t('from')} rules={[required]}>
          <DatePicker disabled={start.fixed} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="rate" label={t('rate', { currency: base })} rules={[required]}>
          <Input inputMode="decimal" autoComplete="off" maxLength={24} placeholder="7.1024" />
        </Form.Item>
        <p className="quiet" style={{ marginBottom: 16 }}>
          {t('again')}
        </p>
        <Button type="primary" htmlType="submit" loading={saving}>
          {t('save')}
        </Button>
      </Form>
    </Drawer>
  );
}
