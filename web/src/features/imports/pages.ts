import type { Page } from '@/lib/page';

const roles = ['admin', 'designer', 'manager'] as const;

export const pages: readonly Page[] = [
  { path: '/imports', load: () => import('./UploadPage'), roles },
  { path: '/imports/$id', load: () => import('./ImportPage'), roles },
];
