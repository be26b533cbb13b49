import {
  AimOutlined,
  ApiOutlined,
  AuditOutlined,
  DatabaseOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  FunctionOutlined,
  HomeOutlined,
  ImportOutlined,
  LineChartOutlined,
  ProfileOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  SwapOutlined,
  TableOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  TrophyOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { ObjectInfo, Text } from '@/api/types';
import type { Language, Speak } from '@/lib/i18n';
import { pick } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { isOpenTo } from './pages';
import type { words } from './words';

type Key = keyof typeof words.table;
export interface Entry {
  href: string;
  title: string;
  icon: ReactNode;
  current: 'exact' | 'below';
}
export interface Group {
  key: string;
  title: string;
  entries: Entry[];
}
interface Place {
  key: Key;
  /** The page's path in the router; the entry is hidden where it does not exist or the role does not open it. */
  path: string;
  href: string;
  icon: ReactNode;
  exact?: boolean;
}

const groups: { key: Key; places: Place[] }[] = [
  {
    key: 'rewards',
    places: [
      { key: 'my_rewards', path: '/rewards', href: paths.myRewards(), icon: <TrophyOutlined /> },
      { key: 'my_statement', path: '/statement', href: paths.statement(), icon: <ProfileOutlined /> },
      { key: 'feed', path: '/feed', href: paths.feed(), icon: <ThunderboltOutlined /> },
      { key: 'plans', path: '/plans', href: paths.plans(), icon: <FileTextOutlined /> },
      { key: 'metrics', path: '/metrics', href: paths.metrics(), icon: <FunctionOutlined /> },
      { key: 'targets', path: '/targets', href: paths.targets(), icon: <AimOutlined /> },
      { key: 'proof', path: '/proof', href: paths.proof(), icon: <SafetyCertificateOutlined /> },
    ],
  },
  { key: 'work', places: [] },
  {
    key: 'finance',
    places: [
      { key: 'closing', path: '/closing', href: paths.closing(), icon: <AuditOutlined /> },
      { key: 'statements', path: '/statements', href: paths.statements(), icon: <FileDoneOutlined /> },
      { key: 'accrual', path: '/accrual', href: paths.accrual(), icon: <LineChartOutlined /> },
      { key: 'rates', path: '/rates', href: paths.rates(), icon: <SwapOutlined /> },
    ],
  },
  {
    key: 'settings',
    places: [
      { key: 'people', path: '/people', href: paths.people(), icon: <TeamOutlined /> },
      { key: 'objects', path: '/settings/objects', href: paths.objectSettings(), icon: <DatabaseOutlined /> },
      { key: 'imports', path: '/imports', href: paths.imports(), icon: <ImportOutlined /> },
      { key: 'organisation', path: '/settings', href: paths.settings(), icon: <SettingOutlined />, exact: true },
    ],
  },
];

export const homeIcon = <HomeOutlined />;
export const apiIcon = <ApiOutlined />;

/** The left rail for somebody: groups with at least one page that exists and opens to their roles. */
export function railFor(roles: readonly string[], objects: readonly ObjectInfo[], t: Speak<Key>, language: Language) {
  const home: Entry = { href: paths.home(), title: t('home'), icon: homeIcon, current: 'exact' };
  const result: Group[] = [{ key: 'home', title: '', entries: [home] }];
  for (const group of groups) {
    const entries =
      group.key === 'work'
        ? isOpenTo('/objects/$object', roles)
          ? objects.map((object) => objectEntry(object.key, object.name, language))
          : []
        : group.places
            .filter((place) => isOpenTo(place.path, roles))
            .map(
              (place): Entry => ({
                href: place.href,
                title: t(place.key),
                icon: place.icon,
                current: place.exact ? 'exact' : 'below',
              }),
            );
    if (entries.length > 0) result.push({ key: group.key, title: t(group.key), entries });
  }
  return result;
}

function objectEntry(key: string, name: Text, language: Language): Entry {
  return { href: paths.records(key), title: pick(name, language) || key, icon: <TableOutlined />, current: 'below' };
}
