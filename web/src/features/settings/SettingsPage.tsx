import { useSearch } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { Go, useGo } from '@/components/Go';
import { PageHeader } from '@/components/PageHeader';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { About } from './About';
import { Accounts } from './Accounts';
import { Definitions } from './Definitions';
import { Organisation } from './Organisation';
import { WorkingTime } from './WorkingTime';
import './settings.css';
import { words } from './words';

/** What an administrator sets for everybody. The open tab stands in the address. */
export default function SettingsPage() {
  const t = useWords(words);
  const go = useGo();
  const { tab = 'organisation' } = useSearch({ strict: false }) as { tab?: string };
  return (
    <>
      <PageHeader title={t('title')} actions={<Go href={paths.account()}>{t('mine')}</Go>} />
      <Tabs
        className="settings-tabs"
        activeKey={tab}
        destroyOnHidden
        onChange={(key) => go(`${paths.settings()}?tab=${key}`, { replace: true })}
        items={[
          { key: 'organisation', label: t('organisation'), children: <Organisation /> },
          { key: 'working', label: t('working'), children: <WorkingTime /> },
          { key: 'accounts', label: t('accounts'), children: <Accounts /> },
          { key: 'definitions', label: t('definitions'), children: <Definitions /> },
          { key: 'about', label: t('about'), children: <About /> },
        ]}
      />
    </>
  );
}
