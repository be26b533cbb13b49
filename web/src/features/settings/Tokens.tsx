import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Form, Input, InputNumber, Typography } from 'antd';
import { useState } from 'react';
import { api, read } from '@/api/client';
import { useMe } from '@/api/session';
import { inZone } from '@/components/DateText';
import { Loaded } from '@/components/Loaded';
import { useWords } from '@/lib/i18n';
import { words } from './words';

const tokensKey = ['tokens'] as const;

/** Keys for programs. The secret is shown once, when it is made. */
export function Tokens() {
  const t = useWords(words);
  const zone = useMe().organisation.time_zone;
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ name: string; days: number }>();
  const [secret, setSecret] = useState('');
  const query = useQuery({ queryKey: tokensKey, queryFn: async () => (await read(api.GET('/tokens'))).items ?? [] });
  const day = (at: string) => inZone(at, zone).format('YYYY-MM-DD');
  const refresh = () => client.invalidateQueries({ queryKey: tokensKey });
  const guarded = async (work: () => Promise<unknown>) => {
    try {
      await work();
      await refresh();
    } catch (error) {
      message.error(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Card title={t('tokens')}>
      <p>{t('tokens_hint')}</p>
      {secret && (
        <Alert
          type="warning"
          style={{ margin: '12px 0' }}
          title={t('token_once')}
          description={
            <Typography.Text copyable code>
              {secret}
            </Typography.Text>
          }
          closable={{ onClose: () => setSecret('') }}
        />
      )}
      <Loaded query={query} rows={2}>
        {(tokens) =>
          tokens.length === 0 ? (
            <p>{t('no_tokens')}</p>
          ) : (
            <ul style={{ display: 'grid', gap: 8, margin: '12px 0' }}>
              {tokens.map((token) => (
                <li key={token.id} style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
                  <strong>{token.name}</strong>
                  <small>{token.roles.join(' · ')}</small>
                  <small style={{ flex: 1 }}>
                    {[
                      t('token_made', { when: day(token.created_at) }),
                      token.last_used_at ? t('token_used', { when: day(token.last_used_at) }) : t('token_unused'),
                      token.expires_at && t('token_expires', { when: day(token.expires_at) }),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                  <Button
                    size="small"
                    aria-label={t('revoke_name', { name: token.name })}
                    onClick={() =>
                      void guarded(() => api.DELETE('/tokens/{id}', { params: { path: { id: token.id } } }))
                    }
                  >
                    {t('revoke')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Form
        form={form}
        layout="inline"
        initialValues={{ days: 90 }}
        style={{ rowGap: 8 }}
        onFinish={(typed) =>
          void guarded(async () => {
            const made = await read(api.POST('/tokens', { body: typed }));
            setSecret(made.secret ?? '');
            form.resetFields();
          })
        }
      >
        <Form.Item name="name" rules={[{ required: true, whitespace: true, message: t('required') }]}>
          <Input aria-label={t('token_name')} placeholder={t('token_name')} maxLength={100} />
        </Form.Item>
        <Form.Item name="days" label={t('token_days')}>
          <InputNumber min={0} max={3650} precision={0} />
        </Form.Item>
        <Button htmlType="submit">{t('make_token')}</Button>
      </Form>
    </Card>
  );
}
