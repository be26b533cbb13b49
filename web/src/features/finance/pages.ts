import type { Page } from '@/lib/page';

export const pages: readonly Page[] = [
  { path: '/closing', roles: ['finance', 'manager', 'admin'], load: () => import('./ClosingPage') },
  { path: '/statements', roles: ['finance', 'manager', 'admin'], load: () => import('./StatementsPage') },
  { path: '/accrual', roles: ['finance', 'admin'], load: () => import('./AccrualPage') },
  { path: '/rates', roles: ['finance', 'designer', 'admin'], load: () => import('./RatesPage') },
  { path: '/statement', load: () => import('./StatementPage') },
];
