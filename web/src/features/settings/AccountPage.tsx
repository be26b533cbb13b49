import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { api } from '@/api/client';
import { keys } from '@/api/keys';
import { faultsByField } from '@/api/problem';
import { useMe } from '@/api/session';
import { PageHeader } from '@/components/PageHeader';
import { type Language, setLanguage, useLanguage, useWords } from '@/lib/i18n';
import { setThemeChoice, type ThemeChoice, useThemeChoice } from '@/lib/theme';
import { Tokens } from './Tokens';
import { words } from './words';

/** What everybody may set for themselves: looks, password, tokens. */
export default function AccountPage() {
  const t = useWords(words);
  const me = useMe();
  return (
    <>
      <PageHeader title={t('mine')} hint={me.account.login} />
      <div style={{ display: 'grid', gap: 16, gridTemplateColumns: 'minmax(0, 720px)' }}>
        <Appearance />
        <Password />
        <Tokens />
      </div>
    </>
  );
}

function Appearance() {
  const t = useWords(words);
  const language = useLanguage();
  const theme = useThemeChoice();
  const client = useQueryClient();
  const speak = (next: Language) => {
    setLanguage(next);
    // The choice also follows the account to other devices; here it holds at once, whatever the server says.
    void api.PATCH('/me', { body: { language: next } }).then(
      () => client.invalidateQueries({ queryKey: keys.me }),
      () => undefined,
    );
  };
  return (
    <Card title={t('appearance')}>
      <div style={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: 12, alignItems: 'center' }}>
        <span>{t('language')}</span>
        <Segmented<Language>
          aria-label={t('language')}
          value={language}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onChange={speak}
          style={{ justifySelf: 'start' }}
        />
        <span>{t('theme')}</span>
        <Segmented<ThemeChoice>
          aria-label={t('theme')}
          value={theme}
          options={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={setThemeChoice}
          style={{ justifySelf: 'start' }}
        />
      </div>
    </Card>
  );
}

function Password() {
  const t = useWords(words);
  const { message } = App.useApp();
  const [form] = Form.useForm<{ old: string; new: string }>();
  const [fault, setFault] = useState('');
  const change = async (typed: { old: string; new: string }) => {
    setFault('');
    try {
      await api.PATCH('/me', { body: { password: typed } });
      form.resetFields();
      message.success(t('password_changed'));
    } catch (error) {
      setFault(Object.values(faultsByField(error)).join(' '));
    }
  };
  return (
    <Card title={t('password')}>
      <Form form={form} layout="vertical" onFinish={(typed) => void change(typed)} style={{ maxWidth: 320 }}>
        {fault && <Alert type="error" role="alert" title={fault} style={{ marginBottom: 12 }} />}
        <Form.Item name="old" label={t('old_password')} rules={[{ required: true, message: t('required') }]}>
          <Input.Password visibilityToggle={false} autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="new"
          label={t('new_password')}
          rules={[{ required: true, min: 8, message: t('new_password') }]}
        >
          <Input.Password visibilityToggle={false} autoComplete="new-password" />
        </Form.Item>
        <Button htmlType="submit">{t('password')}</Button>
      </Form>
    </Card>
  );
}
