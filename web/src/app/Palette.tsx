import { SearchOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { useMe } from '@/api/session';
import type { SearchHit } from '@/api/types';
import { useGo } from '@/components/Go';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { isOpenTo } from './pages';
import type { Group } from './rail';
import { ranked } from './rank';
import { words } from './words';

interface Hit {
  id: string;
  group: string;
  title: string;
  subtitle: string;
  href: string;
}

/** ⌘K: records, people, plans, pages and commands in one list, by keyboard. */
export function Palette({ open, onClose, groups }: { open: boolean; onClose: () => void; groups: Group[] }) {
  const t = useWords(words);
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={600}
      title={null}
      destroyOnHidden
      aria-label={t('search')}
    >
      <Finder groups={groups} onClose={onClose} />
    </Modal>
  );
}

function Finder({ groups, onClose }: { groups: Group[]; onClose: () => void }) {
  const t = useWords(words);
  const go = useGo();
  const say = useText();
  const roles = useMe().account.roles;
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const wanted = useDeferredValue(text.trim());

  const found = useQuery({
    queryKey: [...keys.search, wanted],
    queryFn: async () => (await read(api.GET('/search', { params: { query: { q: wanted } } }))).items ?? [],
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  });

  const commands: Hit[] = [
    { path: '/new-plan', title: t('new_plan'), href: paths.newPlan() },
    { path: '/new-metric', title: t('new_metric'), href: paths.newMetric() },
  ]
    .filter((each) => isOpenTo(each.path, roles))
    .map((each) => ({ id: each.path, group: t('search_commands'), subtitle: '', ...each }));
  const pages: Hit[] = groups.flatMap((group) =>
    group.entries.map((entry) => ({
      id: entry.href,
      group: t('search_pages'),
      title: entry.title,
      subtitle: group.title,
      href: entry.href,
    })),
  );
  const groupNames: Record<string, string> = {
    record: t('search_record'),
    person: t('search_person'),
    plan: t('search_plan'),
    object: t('search_object'),
    metric: t('search_metric'),
  };
  const remote: Hit[] = (wanted ? (found.data ?? []) : []).map((each) => ({
    id: `${each.kind}:${each.object}:${each.id || each.key}`,
    group: groupNames[each.kind] ?? each.kind,
    title: say(each.title),
    subtitle: say(each.subtitle),
    href: hrefOf(each),
  }));
  const hits = ranked(wanted, [...pages, ...commands], remote);
  const chosen = Math.min(at, Math.max(0, hits.length - 1));

  useEffect(() => {
    list.current?.querySelector(`[data-at="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  // What is listed answers what is typed; before that, Enter waits for it.
  const listed = !found.isPlaceholderData && wanted === text.trim();
  const settled = !found.isFetching && listed;
  const [entered, setEntered] = useState(false);

  const openHit = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    go(hit.href);
  };
  useEffect(() => {
    if (!entered || !settled) return;
    setEntered(false);
    openHit(hits[chosen]);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return; // Enter ends the input of Chinese, not the search
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter') {
      if (hits[chosen] && listed) openHit(hits[chosen]);
      else setEntered(!settled);
    } else return;
    event.preventDefault();
  };

  return (
    <div className="palette">
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined aria-hidden="true" />}
        placeholder={t('search_hint')}
        value={text}
        maxLength={200}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setEntered(false);
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-label={t('search')}
        aria-expanded="true"
        aria-controls="palette-hits"
        aria-activedescendant={hits[chosen] ? `hit-${chosen}` : undefined}
      />
      <div className="palette-hits" role="listbox" id="palette-hits" aria-label={t('search')} ref={list}>
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is handled by the combobox
          <div
            key={hit.id}
            id={`hit-${index}`}
            data-at={index}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className="palette-hit"
            onClick={() => openHit(hit)}
            onMouseMove={() => setAt(index)}
          >
            <span>{hit.title}</span>
            <span className="palette-sub">
              {hit.subtitle && hit.subtitle !== hit.group && `${hit.subtitle} · `}
              {hit.group}
            </span>
          </div>
        ))}
      </div>
      {hits.length === 0 && wanted && (
        <p className="palette-none" role="status">
          {t(found.isFetching ? 'search_waits' : 'search_none')}
        </p>
      )}
    </div>
  );
}

function hrefOf(found: SearchHit): string {
  switch (found.kind) {
    case 'person':
      return paths.person(found.id ?? 0);
    case 'plan':
      return paths.plan(found.key ?? '');
    case 'metric':
      return paths.metric(found.key ?? '');
    case 'object':
      return paths.records(found.key || found.object || '');
    default:
      return paths.record(found.object ?? '', found.id ?? 0);
  }
}
