import { Client } from '../harness/client';
import { demo, type Product } from '../harness/product';

interface Items<T> {
  items: T[];
}

/** Today in the company's time zone, and the month that can be closed: the one before. */
const today = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' });
const year = Number(today.slice(0, 4));
const month = Number(today.slice(5, 7));
export const lastMonth = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;

/** What people fill in and the demo company leaves empty: targets, rates, holidays, a plan that waits for its reviewer. */
export async function prepare(product: Product): Promise<void> {
  const admin = await Client.signIn(product, demo.admin);
  const east = ['E1009', 'E1010', 'E1011', 'E1012', 'E1013', 'E1014', 'E1015'];
  const { items: units } =
    await admin.get<Items<{ id: number; key: string; kind: string; parent_id?: number }>>('/units');
  const sales = units.find((unit) => unit.key === 'sales')?.id;
  const teams = units.filter((unit) => unit.kind === 'team' && unit.parent_id === sales && unit.key !== 'east-2');
  await admin.call('PUT', '/targets', {
    items: [
      ...east.map((person, place) => ({
        metric: 'signed-amount',
        person,
        period: String(year),
        value: String(600_000 + 150_000 * place),
        spread: ['20', '25', '25', '30'],
      })),
      ...teams.map((team) => ({ metric: 'signed-amount', team: team.key, period: String(year), value: '7000000' })),
      { metric: 'signed-amount', person: 'E1012', period: `${year}-Q4`, value: '420000' },
    ],
  });
  await admin.call('PUT', '/exchange-rates', {
    items: [
      { currency: 'USD', from: `${year}-01-01`, rate: '7.02' },
      { currency: 'USD', from: `${year}-07-01`, rate: '7.10' },
      { currency: 'HKD', from: `${year}-01-01`, rate: '0.91' },
    ],
  });
  const organisation = await admin.get<{ working: object }>('/organisation');
  await admin.call('PATCH', '/organisation', {
    clawback_limit: '30%',
    working: {
      ...organisation.working,
      holidays: [1, 2, 3, 4, 5, 6, 7].map((day) => `${year}-10-0${day}`),
      workdays: [`${year}-10-10`],
    },
  });
  const designer = await Client.signIn(product, demo.designer);
  await designer.post('/plans', {
    key: 'care-commission',
    name: { zh: '拜访加成', en: 'Visit bonus' },
    metric: 'cash-collected',
    shape: 'rate',
    params: {
      tiers: [{ up_to: '50000', rate: '1%' }, { rate: '1.5%' }],
    },
    gates: [{ metric: 'visits', value: '20' }],
    split: [
      { to: 'self', share: '70%' },
      { to: 'manager', share: '30%' },
    ],
    reward: { kind: 'cash' },
    period: 'quarter',
    audience: { departments: ['sales'] },
  });
  await designer.post('/plans/care-commission/submit', { note: '主管拿 30 %，合适吗？' });
}

/** Finance proves the figures, closes the last month and pays it. */
export async function settle(product: Product): Promise<void> {
  const finance = await Client.signIn(product, demo.finance);
  await finance.post('/proofs', {});
  await finance.post('/closings', { kind: 'month', label: lastMonth });
  await finance.post(`/closings/${lastMonth}/paid`, {});
  const employee = await Client.signIn(product, demo.employee);
  await employee.post(`/statements/${lastMonth}/answer`, { answer: 'confirmed' });
}

/** An award of somebody, whose page shows its arithmetic and its records. */
export async function anAward(product: Product, who: { login: string; password: string }): Promise<string> {
  const client = await Client.signIn(product, who);
  const { me } = await client.get<{ me: { person?: { id: number } } }>('/session');
  const { items } = await client.get<Items<{ id: number }>>(
    `/awards?limit=1&plan=quarter-commission&person=${me.person?.id}`,
  );
  return `/awards/${items[0]?.id}`;
}
