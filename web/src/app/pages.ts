import { pages as awards } from '@/features/awards/pages';
import { pages as feed } from '@/features/feed/pages';
import { pages as finance } from '@/features/finance/pages';
import { pages as home } from '@/features/home/pages';
import { pages as imports } from '@/features/imports/pages';
import { pages as metrics } from '@/features/metrics/pages';
import { pages as objects } from '@/features/objects/pages';
import { pages as people } from '@/features/people/pages';
import { pages as plans } from '@/features/plans/pages';
import { pages as proof } from '@/features/proof/pages';
import { pages as records } from '@/features/records/pages';
import { pages as rewards } from '@/features/rewards/pages';
import { pages as settings } from '@/features/settings/pages';
import type { Page } from '@/lib/page';
import type { Role } from '@/lib/roles';
import { mayOpen } from '@/lib/roles';

/** Every page behind sign-in. A feature adds a page in its own pages.ts. */
export const pages: readonly Page[] = [
  ...home,
  ...rewards,
  ...awards,
  ...feed,
  ...plans,
  ...proof,
  ...metrics,
  ...finance,
  ...records,
  ...imports,
  ...people,
  ...objects,
  ...settings,
];

/** True when the page exists and one of the roles opens it: nothing that does not work is shown. */
export function isOpenTo(path: string, roles: readonly string[]): boolean {
  const page = pages.find((each) => each.path === path);
  return page !== undefined && mayOpen(roles, page.roles as readonly Role[] | undefined);
}
