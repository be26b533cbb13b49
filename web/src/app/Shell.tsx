import { MenuOutlined, SearchOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useEffect, useState } from 'react';
import { follow } from '@/api/events';
import { isProblem } from '@/api/problem';
import { MeContext, meQuery, objectsQuery } from '@/api/session';
import { CelebrationLeaves } from '@/components/CelebrationLeaves';
import { ErrorState } from '@/components/ErrorState';
import { Go, useGo } from '@/components/Go';
import { LaurelMark } from '@/components/LaurelMark';
import { Pending } from '@/components/Pending';
import { LanguageSwitch, ThemeSwitch } from '@/components/switches';
import { useLanguage, useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { arrive } from './arrival';
import { LastProved } from './LastProved';
import { Palette } from './Palette';
import { PersonMenu } from './PersonMenu';
import { type Entry, type Group, railFor } from './rail';
import { words } from './words';

/** Everything around a page, for those who are signed in. */
export function Shell() {
  const me = useQuery(meQuery);
  const go = useGo();
  const here = useRouterState({ select: (state) => state.location.href });
  const lost = isProblem(me.error, 401);

  useEffect(() => {
    if (lost && !here.startsWith('/sign-in')) go(paths.signIn(here === '/' ? undefined : here), { replace: true });
  });

  if (lost) return null;
  if (me.isError) return <ErrorState error={me.error} retry={() => void me.refetch()} />;
  if (!me.data)
    return (
      <div className="page">
        <Pending />
      </div>
    );
  return (
    <MeContext.Provider value={me.data}>
      <Frame />
    </MeContext.Provider>
  );
}

function Frame() {
  const t = useWords(words);
  const language = useLanguage();
  const client = useQueryClient();
  const router = useRouter();
  const roles = useQuery(meQuery).data?.account.roles ?? [];
  const objects = useQuery(objectsQuery).data ?? [];
  const groups = railFor(roles, objects, t, language);
  const [searching, setSearching] = useState(false);
  const [menuOpen, setMenuOpen] = useState(false);
  const here = useRouterState({ select: (state) => state.location.pathname });

  useEffect(() => follow(client), [client]);
  useEffect(() => {
    let giveUp = () => {};
    const stop = router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
      const content = document.getElementById('content');
      if (!pathChanged || !fromLocation || !content) return;
      giveUp();
      giveUp = arrive(content);
    });
    return () => {
      stop();
      giveUp();
    };
  }, [router]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever the address changes
  useEffect(() => setMenuOpen(false), [here]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setSearching((open) => !open);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <nav className="rail" aria-label={t('main_menu')}>
        <Brand />
        <Rail groups={groups} />
        <LastProved />
      </nav>
      <header className="topbar">
        <div className="topbar-brand">
          <Brand />
        </div>
        <button
          type="button"
          className="search-button"
          onClick={() => setSearching(true)}
          aria-keyshortcuts="Meta+K Control+K"
        >
          <SearchOutlined aria-hidden="true" />
          <span>{t('search_hint')}</span>
          <kbd>⌘K</kbd>
        </button>
        <div className="topbar-right">
          <Button
            type="text"
            className="search-icon"
            icon={<SearchOutlined />}
            aria-label={t('search')}
            onClick={() => setSearching(true)}
          />
          <LanguageSwitch />
          <ThemeSwitch />
          <PersonMenu />
        </div>
      </header>
      <main id="content" className="content" tabIndex={-1}>
        <Outlet />
      </main>
      <BottomBar groups={groups} onMore={() => setMenuOpen(true)} />
      <Drawer placement="left" size={272} open={menuOpen} onClose={() => setMenuOpen(false)} title={t('main_menu')}>
        <Rail groups={groups} />
      </Drawer>
      <Palette open={searching} onClose={() => setSearching(false)} groups={groups} />
      <CelebrationLeaves />
    </div>
  );
}

function Brand() {
  const t = useWords(words);
  return (
    <Go href={paths.home()} className="brand">
      <LaurelMark size={26} />
      <span>{t('product')}</span>
    </Go>
  );
}

function Rail({ groups }: { groups: Group[] }) {
  return (
    <>
      {groups.map((group) => (
        <section key={group.key} className="rail-group" aria-label={group.title || undefined}>
          {group.title && <p className="rail-title">{group.title}</p>}
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.href}>
                <RailLink entry={entry} className="rail-link" />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** Phone: the three daily pages, and the rest behind "more". */
function BottomBar({ groups, onMore }: { groups: Group[]; onMore: () => void }) {
  const t = useWords(words);
  const all = groups.flatMap((group) => group.entries);
  const daily = [paths.home(), paths.myRewards(), paths.plans()];
  const entries = daily.map((href) => all.find((entry) => entry.href === href)).filter((entry) => entry !== undefined);
  return (
    <nav className="bottom-bar" aria-label={t('main_menu')}>
      {entries.map((entry) => (
        <RailLink key={entry.href} entry={entry} className="bottom-link" />
      ))}
      <button type="button" className="bottom-link" onClick={onMore}>
        <MenuOutlined aria-hidden="true" />
        <span>{t('more')}</span>
      </button>
    </nav>
  );
}

function RailLink({ entry, className }: { entry: Entry; className: string }) {
  return (
    <Go href={entry.href} className={className} current={entry.current}>
      <span aria-hidden="true">{entry.icon}</span>
      <span className="rail-text">{entry.title}</span>
    </Go>
  );
}
