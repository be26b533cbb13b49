import type { Page } from '@/lib/page';

export const pages: readonly Page[] = [
  { path: '/settings', load: () => import('./SettingsPage'), roles: ['admin'] },
  { path: '/settings/account', load: () => import('./AccountPage') },
];
