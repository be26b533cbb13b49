import type { Page } from '@/lib/page';

const roles = ['admin', 'designer'] as const;

export const pages: readonly Page[] = [
  { path: '/settings/objects', load: () => import('./ObjectsPage'), roles },
  { path: '/settings/objects/$object', load: () => import('./DefinePage'), roles },
];
