import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useMe } from '@/api/session';
import { ErrorState, NoPermission, NotFound } from '@/components/ErrorState';
import { Pending } from '@/components/Pending';
import type { Page } from '@/lib/page';
import { mayOpen } from '@/lib/roles';
import { pages } from './pages';
import { Shell } from './Shell';

const root = createRootRoute({ component: Outlet, notFoundComponent: () => <NotFound /> });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('@/features/auth/SignInPage')),
});

const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Shell });

const children = pages.map((page) =>
  createRoute({ getParentRoute: () => inside, path: page.path, component: guarded(page) }),
);
const lost = createRoute({ getParentRoute: () => inside, path: '$', component: () => <NotFound /> });

export const router = createRouter({
  routeTree: root.addChildren([signIn, inside.addChildren([...children, lost])]),
  // Addresses keep their query as plain text: ?filter=stage == "won"
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
    return text ? `?${text}` : '';
  },
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: () => (
    <div className="page">
      <Pending />
    </div>
  ),
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} retry={reset} />,
  defaultNotFoundComponent: () => <NotFound />,
  scrollRestoration: true,
});

/** The page for those who may open it, the no-permission page for the others. Its code is fetched on demand. */
function guarded(page: Page) {
  const Content = lazyRouteComponent(page.load) as ComponentType & { preload?: () => Promise<void> };
  function Guarded() {
    if (!mayOpen(useMe().account.roles, page.roles)) return <NoPermission />;
    return (
      <div className={page.layout === 'full' ? 'page page-full' : 'page'}>
        <Content />
      </div>
    );
  }
  Guarded.preload = () => Content.preload?.();
  return Guarded;
}
