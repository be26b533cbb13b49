import type { ComponentType } from 'react';
import type { Role } from './roles';

/**
 * One page of a feature. A feature exports its list in pages.ts; app/pages.ts joins the lists.
 * `path` is a TanStack Router path ("/objects/$object/$id"); read parameters with
 * useParams({ strict: false }) and useSearch({ strict: false }).
 */
export interface Page {
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Who may open it; everybody signed in when left out. Others see the no-permission page. */
  roles?: readonly Role[];
  /** "full": the content uses the whole width and height (grids). */
  layout?: 'full';
}
