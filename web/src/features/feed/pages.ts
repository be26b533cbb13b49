import type { Page } from '@/lib/page';

export const pages: readonly Page[] = [{ path: '/feed', load: () => import('./FeedPage') }];
