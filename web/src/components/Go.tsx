import { Link, useRouter } from '@tanstack/react-router';
import type { AriaAttributes, CSSProperties, MouseEventHandler, ReactNode } from 'react';

interface Props extends AriaAttributes {
  /** An address from lib/paths, with its query. */
  href: string;
  children: ReactNode;
  className?: string;
  style?: CSSProperties;
  onClick?: MouseEventHandler<HTMLAnchorElement>;
  /** Marks the link with aria-current when its page is open; "exact" does not count pages below it. */
  current?: 'exact' | 'below';
  role?: string;
  title?: string;
}

/** A link inside the app: the code of the page is fetched when the pointer rests on it. */
export function Go({ href, children, current, ...rest }: Props) {
  const [to, search] = split(href);
  return (
    <Link
      to={to}
      search={search as never}
      preload="intent"
      activeOptions={{ exact: current !== 'below', includeSearch: false }}
      activeProps={current ? { 'aria-current': 'page' } : {}}
      {...rest}
    >
      {children}
    </Link>
  );
}

/** Opens an address from lib/paths. */
export function useGo(): (href: string, options?: { replace?: boolean }) => void {
  const router = useRouter();
  return (href, options) => {
    const [to, search] = split(href);
    void router.navigate({ to, search: search as never, replace: options?.replace ?? false });
  };
}

function split(href: string): [string, Record<string, string>] {
  const at = href.indexOf('?');
  if (at < 0) return [href, {}];
  return [href.slice(0, at), Object.fromEntries(new URLSearchParams(href.slice(at + 1)))];
}
