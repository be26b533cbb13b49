import type { Page } from '@/lib/page';

export const pages: readonly Page[] = [
  { path: '/awards', load: () => import('./AwardsPage') },
  { path: '/awards/$id', load: () => import('./AwardPage') },
];
