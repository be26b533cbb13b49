import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Form, Input, Select, Switch, Table } from 'antd';
import { useState } from 'react';
import { api, read } from '@/api/client';
import { faultsByField, formFaults } from '@/api/problem';
import type { Account } from '@/api/types';
import { Loaded } from '@/components/Loaded';
import { useWords } from '@/lib/i18n';
import type { Role } from '@/lib/roles';
import { words } from './words';

const roles: Role[] = ['admin', 'designer', 'manager', 'employee', 'finance'];
const accountsKey = ['accounts'] as const;
const pageSize = 50;

/** Who may sign in, and as what. Changes hold at once. */
export function Accounts() {
  const t = useWords(words);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [open, setOpen] = useState<Account | 'new' | null>(null);
  const query = useQuery({
    queryKey: accountsKey,
    queryFn: async (): Promise<Account[]> => (await read(api.GET('/accounts'))).items ?? [],
  });
  const change = async (id: number, body: { roles?: string[]; disabled?: boolean }) => {
    try {
      await api.PATCH('/accounts/{id}', { params: { path: { id } }, body });
    } catch (error) {
      message.error(error instanceof Error ? error.message : String(error));
    }
    await client.invalidateQueries({ queryKey: accountsKey });
  };
  const roleOptions = roles.map((value) => ({ value: value as string, label: t(`role_${value}`) }));
  return (
    <Loaded query={query}>
      {(accounts) => (
        <>
          <Button type="primary" icon={<PlusOutlined />} style={{ marginBottom: 16 }} onClick={() => setOpen('new')}>
            {t('add_account')}
          </Button>
          <Table<Account>
            rowKey="id"
            dataSource={accounts}
            scroll={{ x: 720 }}
            pagination={accounts.length > pageSize ? { pageSize, showSizeChanger: false } : false}
            columns={[
              { title: t('login'), dataIndex: 'login' },
              { title: t('person'), render: (_, a) => a.person?.name },
              {
                title: t('roles'),
                width: 320,
                render: (_, a) => (
                  <Select
                    mode="multiple"
                    aria-label={`${t('roles')} ${a.login}`}
                    style={{ width: '100%' }}
                    value={a.roles}
                    options={roleOptions}
                    onChange={(next: string[]) => void change(a.id, { roles: next })}
                  />
                ),
              },
              {
                title: t('state'),
                render: (_, a) => (
                  <Switch
                    aria-label={`${t('state')} ${a.login}`}
                    checked={!a.disabled}
                    onChange={(on) => void change(a.id, { disabled: !on })}
                  />
                ),
              },
              { title: '', render: (_, a) => <Button onClick={() => setOpen(a)}>{t('reset_password')}</Button> },
            ]}
          />
          <Drawer
            open={open !== null}
            onClose={() => setOpen(null)}
            title={open === 'new' ? t('add_account') : t('reset_password')}
            destroyOnHidden
          >
            {open && (
              <AccountForm
                account={open === 'new' ? undefined : open}
                roleOptions={roleOptions}
                onDone={() => setOpen(null)}
              />
            )}
          </Drawer>
        </>
      )}
    </Loaded>
  );
}

interface Typed {
  login: string;
  password: string;
  roles: string[];
  person_id?: number;
}

function AccountForm({
  account,
  roleOptions,
  onDone,
}: {
  account?: Account;
  roleOptions: { value: string; label: string }[];
  onDone: () => void;
}) {
  const t = useWords(words);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const [fault, setFault] = useState('');
  const people = useQuery({
    queryKey: ['people', 'list', ''],
    queryFn: async () => (await read(api.GET('/people'))).items ?? [],
    enabled: !account,
  });
  const save = async (typed: Typed) => {
    setFault('');
    try {
      if (account)
        await api.PATCH('/accounts/{id}', { params: { path: { id: account.id } }, body: { password: typed.password } });
      else await api.POST('/accounts', { body: typed });
      await client.invalidateQueries({ queryKey: accountsKey });
      message.success(t('saved'));
      onDone();
    } catch (error) {
      form.setFields(formFaults(error) as Parameters<typeof form.setFields>[0]);
      setFault(faultsByField(error)[''] ?? '');
    }
  };
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={{ login: account?.login, roles: ['employee'] }}
      onFinish={(typed) => void save(typed)}
    >
      {fault && <Alert type="error" role="alert" title={fault} style={{ marginBottom: 12 }} />}
      <Form.Item name="login" label={t('login')} rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input disabled={Boolean(account)} maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="password"
        label={account ? t('new_password') : t('initial_password')}
        rules={[{ required: true, min: 8, message: t('new_password') }]}
      >
        <Input.Password visibilityToggle={false} autoComplete="new-password" />
      </Form.Item>
      {!account && (
        <>
          <Form.Item name="roles" label={t('roles')}>
            <Select mode="multiple" options={roleOptions} />
          </Form.Item>
          <Form.Item name="person_id" label={t('person')}>
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              options={people.data?.map((p) => ({ value: p.id, label: p.name }))}
            />
          </Form.Item>
        </>
      )}
      <Button type="primary" htmlType="submit">
        {t('save')}
      </Button>
    </Form>
  );
}
