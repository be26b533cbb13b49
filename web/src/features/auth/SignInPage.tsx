import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { formFaults, isProblem } from '@/api/problem';
import { welcomeQuery } from '@/api/session';
import { useGo } from '@/components/Go';
import { LaurelMark } from '@/components/LaurelMark';
import { LanguageSwitch, ThemeSwitch } from '@/components/switches';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import './auth.css';
import type { DemoSignIn } from '@/api/types';
import { words } from './words';

type RoleKey = Extract<keyof typeof words.table, `role_${string}`>;

interface Entry {
  login: string;
  password: string;
}

export default function SignInPage() {
  const t = useWords(words);
  const text = useText();
  const go = useGo();
  const client = useQueryClient();
  const [form] = Form.useForm<Entry>();
  const { next } = useSearch({ strict: false }) as { next?: string };
  const welcome = useQuery({ ...welcomeQuery, retry: false });

  useEffect(() => {
    document.title = `${t('title')} · Laurel`;
  }, [t]);

  const signIn = useMutation({
    mutationFn: (entry: Entry) => read(api.POST('/session', { body: entry })),
    onSuccess: (me) => {
      client.clear();
      client.setQueryData(keys.me, me);
      // Only addresses inside the app: "//elsewhere" and "https:" would lead away.
      go(next && /^\/(?!\/)/.test(next) ? next : paths.home(), { replace: true });
    },
    onError: (error) => form.setFields(formFaults(error) as never),
  });

  const faults = signIn.error ? formFaults(signIn.error) : [];
  const message = isProblem(signIn.error, 0) ? t('unreachable') : signIn.error?.message;
  return (
    <div className="sign-in">
      <div className="sign-in-top">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <main className="sign-in-card">
        <div className="sign-in-mark">
          <LaurelMark size={72} />
        </div>
        <h1>{t('product')}</h1>
        {welcome.data && <p className="sign-in-company">{text(welcome.data.organisation)}</p>}
        <p className="quiet">{t('promise')}</p>
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(entry) => signIn.mutate(entry)}
          size="large"
        >
          <Form.Item name="login" label={t('login')} rules={[{ required: true, message: t('login_missing') }]}>
            <Input autoFocus autoComplete="username" maxLength={200} />
          </Form.Item>
          <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('password_missing') }]}>
            <Input.Password autoComplete="current-password" maxLength={1000} />
          </Form.Item>
          {signIn.isError && faults.length === 0 && <Alert type="error" showIcon title={message} role="alert" />}
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t('submit')}
          </Button>
        </Form>
        <DemoSignIns
          entries={welcome.data?.demo ?? []}
          busy={signIn.isPending}
          onPick={(entry) => signIn.mutate(entry)}
        />
      </main>
    </div>
  );
}

function DemoSignIns({
  entries,
  busy,
  onPick,
}: {
  entries: DemoSignIn[];
  busy: boolean;
  onPick: (entry: Entry) => void;
}) {
  const t = useWords(words);
  if (entries.length === 0) return null;
  const roleWord = (role: string) => (`role_${role}` in words.table ? t(`role_${role}` as RoleKey) : role);
  return (
    <section className="sign-in-demo" aria-label={t('demo')}>
      <p className="quiet">{t('demo')}</p>
      <ul>
        {entries.map((entry) => (
          <li key={entry.login}>
            <button
              type="button"
              disabled={busy}
              onClick={() => onPick({ login: entry.login, password: entry.password })}
            >
              <span>
                <strong>{entry.name}</strong> {entry.login}
              </span>
              <span className="quiet">{roleWord(entry.role)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
