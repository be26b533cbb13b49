import { useQueryClient } from '@tanstack/react-query';
import { Avatar, Dropdown } from 'antd';
import { api } from '@/api/client';
import { useMe } from '@/api/session';
import { useGo } from '@/components/Go';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { isOpenTo } from './pages';
import { words } from './words';

/** Who I am, my account, and the way out. */
export function PersonMenu() {
  const t = useWords(words);
  const me = useMe();
  const go = useGo();
  const client = useQueryClient();
  const name = me.person?.name ?? me.account.login;

  const signOut = async () => {
    await api.DELETE('/session').catch(() => undefined);
    client.clear();
    go(paths.signIn(), { replace: true });
  };

  const items = [
    { key: 'who', label: `${name} · ${me.account.login}`, disabled: true },
    ...(isOpenTo('/settings/account', me.account.roles) ? [{ key: 'account', label: t('account') }] : []),
    { type: 'divider' as const },
    { key: 'out', label: t('sign_out') },
  ];
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        onClick: ({ key }) => {
          if (key === 'account') go(paths.account());
          if (key === 'out') void signOut();
        },
      }}
    >
      <button type="button" className="person-button" aria-label={t('person_menu', { name })} aria-haspopup="menu">
        <Avatar size={28}>{name.slice(0, 1).toUpperCase()}</Avatar>
        <span className="person-name">{name}</span>
      </button>
    </Dropdown>
  );
}
