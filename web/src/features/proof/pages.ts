import type { Page } from '@/lib/page';

export const pages: readonly Page[] = [{ path: '/proof', load: () => import('./ProofPage') }];
