import type { Page } from '@/lib/page';

export const pages: readonly Page[] = [
  { path: '/people', load: () => import('./PeoplePage') },
  { path: '/people/$id', load: () => import('./PersonPage') },
  { path: '/units', load: () => import('./UnitsPage') },
];
