import type { Client } from '../harness/client';
import { demo, type SignIn } from '../harness/product';

/** One page to take a picture of, and to check for width and accessibility. */
export interface PageToSee {
  /** Part of the picture's file name. */
  name: string;
  /** The address, or how to find one in the demo company. */
  path: string | ((client: Client) => Promise<string>);
  /** Who looks at it; nobody is signed in when it is null. */
  as: SignIn | null;
  /** What must be clicked before the page shows what it is about. */
  act?: 'palette';
}

interface Items<T> {
  items: T[];
}

const firstRecord = (object: string) => async (client: Client) => {
  const { items } = await client.get<Items<{ id: number }>>(`/objects/${object}/records?limit=1`);
  return `/objects/${object}/${items[0]?.id}`;
};

const anAward = async (client: Client) => {
  const { items } = await client.get<Items<{ id: number }>>('/awards?limit=1&plan=quarter-commission');
  return `/awards/${items[0]?.id}`;
};

const aPerson = async (client: Client) => {
  const { items } = await client.get<Items<{ id: number }>>('/people?limit=1');
  return `/people/${items[0]?.id}`;
};

/** Every page of the product, seen by somebody whose daily page it is. */
export const pagesToSee: readonly PageToSee[] = [
  { name: 'sign-in', path: '/sign-in', as: null },
  { name: 'home', path: '/', as: demo.employee },
  { name: 'home-manager', path: '/', as: demo.manager },
  { name: 'my-rewards', path: '/rewards', as: demo.employee },
  { name: 'awards', path: '/awards', as: demo.employee },
  { name: 'award', path: anAward, as: demo.admin },
  { name: 'feed', path: '/feed', as: demo.employee },
  { name: 'plans', path: '/plans', as: demo.designer },
  { name: 'plan', path: '/plans/every-10-customers', as: demo.designer },
  { name: 'plan-rate', path: '/plans/quarter-commission', as: demo.designer },
  { name: 'plan-editor', path: '/plans/every-10-customers/edit', as: demo.designer },
  { name: 'plan-new', path: '/new-plan', as: demo.designer },
  { name: 'metrics', path: '/metrics', as: demo.designer },
  { name: 'metric', path: '/metrics/new-customers', as: demo.designer },
  { name: 'targets', path: '/targets', as: demo.designer },
  { name: 'metrics-ready', path: '/new-metrics', as: demo.designer },
  { name: 'metric-new', path: '/new-metric', as: demo.designer },
  { name: 'records', path: '/objects/contract', as: demo.manager },
  { name: 'record', path: firstRecord('contract'), as: demo.manager },
  { name: 'statements', path: '/statements', as: demo.finance },
  { name: 'statement', path: '/statement', as: demo.employee },
  { name: 'accrual', path: '/accrual', as: demo.finance },
  { name: 'rates', path: '/rates', as: demo.finance },
  { name: 'proof', path: '/proof', as: demo.finance },
  { name: 'closing', path: '/closing', as: demo.finance },
  { name: 'imports', path: '/imports', as: demo.admin },
  { name: 'people', path: '/people', as: demo.admin },
  { name: 'person', path: aPerson, as: demo.admin },
  { name: 'units', path: '/units', as: demo.admin },
  { name: 'settings', path: '/settings', as: demo.admin },
  { name: 'settings-working', path: '/settings?tab=working', as: demo.admin },
  { name: 'settings-objects', path: '/settings/objects', as: demo.admin },
  { name: 'settings-account', path: '/settings/account', as: demo.employee },
  { name: 'palette', path: '/', as: demo.employee, act: 'palette' },
  { name: 'no-permission', path: '/new-plan', as: demo.employee },
  { name: 'not-found', path: '/nowhere', as: demo.employee },
];

/** The address of a page in this company. */
export async function addressOf(page: PageToSee, client: Client): Promise<string> {
  return typeof page.path === 'string' ? page.path : page.path(client);
}
