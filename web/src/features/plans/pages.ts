import type { Page } from '@/lib/page';

export const pages: readonly Page[] = [
  { path: '/plans', load: () => import('./PlansPage') },
  { path: '/plans/$key', load: () => import('./PlanPage') },
  { path: '/plans/$key/edit', load: () => import('./PlanEditorPage'), roles: ['designer'] },
  { path: '/new-plan', load: () => import('./PlanEditorPage'), roles: ['designer'] },
];
