import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { faultsByField, formFaults } from '@/api/problem';
import type { Organisation as Facts } from '@/api/types';
import { Loaded } from '@/components/Loaded';
import { PastChangesDialog } from '@/components/past/PastChangesDialog';
import { currenciesWith } from '@/lib/currencies';
import { useWords } from '@/lib/i18n';
import { organisationQuery } from './organisation';
import { words } from './words';

/** The company: its name, and how it counts time and money. */
export function Organisation() {
  const query = useQuery(organisationQuery);
  return <Loaded query={query}>{(facts) => <FactsForm facts={facts} />}</Loaded>;
}

function FactsForm({ facts }: { facts: Facts }) {
  const t = useWords(words);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Facts>();
  const [fault, setFault] = useState('');
  const save = useMutation({
    mutationFn: ({ typed, confirmed }: { typed: Facts; confirmed?: string }) =>
      read(api.PATCH('/organisation', { params: { query: { confirmed } }, body: typed })),
    onMutate: () => setFault(''),
    onSuccess: (saved) => {
      client.setQueryData(organisationQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: keys.me });
      message.success(t('saved'));
    },
    onError: (error) => {
      form.setFields(formFaults(error) as Parameters<typeof form.setFields>[0]);
      setFault(faultsByField(error)[''] ?? '');
    },
  });
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={facts}
      onFinish={(typed) => save.mutate({ typed })}
      style={{ maxWidth: 480 }}
    >
      <PastChangesDialog
        error={save.error}
        busy={save.isPending}
        confirm={(confirmed) => save.variables && save.mutate({ ...save.variables, confirmed })}
        close={save.reset}
      />
      {fault && <Alert type="error" role="alert" title={fault} style={{ marginBottom: 12 }} />}
      <Form.Item
        name={['name', 'zh']}
        label={t('name_zh')}
        rules={[{ required: true, whitespace: true, message: t('required') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name={['name', 'en']} label={t('name_en')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="time_zone" label={t('time_zone')}>
        <Select showSearch options={zones(facts.time_zone).map((z) => ({ value: z, label: z }))} />
      </Form.Item>
      <Form.Item name="fiscal_start_month" label={t('fiscal')}>
        <Select options={Array.from({ length: 12 }, (_, i) => ({ value: i + 1, label: t('month', { n: i + 1 }) }))} />
      </Form.Item>
      <Form.Item name="currency" label={t('currency')}>
        <Select showSearch options={currenciesWith(facts.currency).map((c) => ({ value: c, label: c }))} />
      </Form.Item>
      <Form.Item name="clawback_limit" label={t('clawback_limit')} extra={t('clawback_hint')}>
        <Input maxLength={20} placeholder="30%" />
      </Form.Item>
      <Form.Item name="four_eyes" label={t('four_eyes')} extra={t('four_eyes_hint')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="language" label={t('default_language')}>
        <Select
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t('save')}
      </Button>
    </Form>
  );
}

function zones(present: string): string[] {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return [...new Set([present, 'Asia/Shanghai', 'UTC', ...known])];
}
