import type { Page } from '@/lib/page';

export const pages: readonly Page[] = [
  { path: '/metrics', load: () => import('./MetricsPage'), roles: ['designer'] },
  { path: '/metrics/$key', load: () => import('./MetricPage'), roles: ['designer'] },
  { path: '/targets', load: () => import('./TargetsPage') },
  { path: '/new-metric', load: () => import('./MetricPage'), roles: ['designer'] },
  { path: '/new-metrics', load: () => import('./ReadyMetricsPage'), roles: ['designer'] },
];
