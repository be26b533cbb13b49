import type { Page } from '@/lib/page';

export const pages: readonly Page[] = [
  { path: '/objects/$object', load: () => import('./ObjectPage'), layout: 'full' },
  { path: '/objects/$object/$id', load: () => import('./RecordPage') },
];
