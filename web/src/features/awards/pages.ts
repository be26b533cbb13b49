import type { Page } from '@/lib/page';

export const pages: readonly Page[] = [{ path: '/awards/$id', load: () => import('./AwardPage') }];
