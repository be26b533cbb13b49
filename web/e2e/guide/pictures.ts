import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { launch, settled } from '../harness/browser';
import { demo, type Product, start } from '../harness/product';
import { type Picture, take } from './camera';
import { anAward, prepare, settle } from './company';

/** LAUREL_SHOTS="award closing" takes only the pictures that are named. */
const wanted = (process.env.LAUREL_SHOTS ?? '').split(/[\s,]+/).filter(Boolean);

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(() => browser?.close());

async function takeAll(product: Product, pictures: readonly Picture[]): Promise<void> {
  for (const picture of pictures) {
    if (wanted.length === 0 || wanted.includes(picture.name)) await take(browser, product, picture);
  }
}

const deals = `编号,客户,金额,成交日期,负责人
HT-001,海河公司,"¥12,000.00",2026年3月5日,李雷
HT-002,星辰公司,1.5万,2026/3/6,韩梅
HT-003,远山公司,"8,000",2026.3.7,李雷
`;

test('an empty Laurel', async () => {
  const product = await start('empty');
  await takeAll(product, [
    { name: 'first-steps', as: product.admin, path: '/' },
    {
      name: 'import',
      as: product.admin,
      path: '/imports',
      pose: async (page, say) => {
        await page.locator('input[type="file"]').setInputFiles({
          name: say('成交明细.csv', 'deals.csv'),
          mimeType: 'text/csv',
          buffer: Buffer.from(deals),
        });
        await page.locator('#object-name').fill(say('成交', 'Deals'));
        await page.locator('#object-key').fill('deal');
        await settled(page);
      },
    },
  ]);
  await product.stop();
});

test('the demo company', async () => {
  const product = await start('demo');
  await prepare(product);
  const award = await anAward(product, demo.employee);
  await takeAll(product, [
    { name: 'my-rewards', as: demo.employee, path: '/rewards' },
    { name: 'my-rewards-phone', as: demo.employee, path: '/rewards', size: 'phone' },
    { name: 'award', as: demo.employee, path: award, size: { width: 1280, height: 1100 } },
    { name: 'plan', as: demo.employee, path: '/plans/every-10-customers' },

    { name: 'team', as: demo.manager, path: '/rewards?tab=team' },
    {
      name: 'standing',
      as: demo.manager,
      path: '/plans/every-10-customers',
      pose: async (page, say) => {
        await page.getByText(say('我的人', 'My people'), { exact: true }).click();
        await settled(page);
      },
    },
    { name: 'targets', as: demo.manager, path: '/targets?metric=signed-amount' },

    {
      name: 'metric',
      as: demo.designer,
      path: '/metrics/signed-amount',
      size: { width: 1280, height: 1000 },
    },
    { name: 'ready-metrics', as: demo.designer, path: '/new-metrics' },
    { name: 'editor', as: demo.designer, path: '/plans/quarter-commission/edit', size: { width: 1280, height: 1000 } },
    {
      name: 'around',
      as: demo.designer,
      path: '/plans/care-commission/edit',
      pose: async (page) => {
        await page
          .locator('[data-part]')
          .first()
          .evaluate((part) => part.scrollIntoView({ block: 'center' }));
      },
    },
    { name: 'review', as: demo.admin, path: '/plans/care-commission' },
    {
      name: 'past',
      as: demo.designer,
      path: '/plans/every-10-customers/edit',
      pose: async (page, say) => {
        await page.getByLabel(say('多少', 'how many'), { exact: true }).first().fill('8');
        await settled(page);
        await page.getByRole('button', { name: say(/^发\s?布$/, /^Publish$/) }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: say(/连同试算的历史/, /With the history tried/) }).click();
        await dialog.getByRole('table').first().waitFor();
        await settled(page);
      },
    },

    { name: 'closing', as: demo.finance, path: '/closing', size: { width: 1280, height: 900 } },
    {
      name: 'accrual',
      as: demo.finance,
      path: '/accrual',
      pose: async (page, say) => {
        await page.getByText(say('季度', 'Quarter'), { exact: true }).click();
        await settled(page);
      },
    },
    {
      name: 'rates',
      as: demo.finance,
      path: '/rates',
      size: { width: 1280, height: 560 },
      pose: async (page) => {
        await page.getByText('USD').first().click();
        await page.getByText('7.02').first().waitFor();
      },
    },

    { name: 'people', as: demo.admin, path: '/people' },
    { name: 'accounts', as: demo.admin, path: '/settings?tab=accounts' },
    {
      name: 'fields',
      as: demo.admin,
      path: '/settings/objects',
      pose: async (page, say) => {
        await page
          .getByRole('link', { name: say('改字段', 'Edit fields') })
          .nth(4)
          .click();
        await settled(page);
      },
    },
    { name: 'working', as: demo.admin, path: '/settings?tab=working' },
    {
      name: 'definitions',
      as: demo.admin,
      path: '/settings?tab=definitions',
      pose: async (page, say) => {
        await page.getByRole('button', { name: say('载入现在的定义', 'Load the present ones') }).click();
        await settled(page);
      },
    },
  ]);

  await settle(product);
  await takeAll(product, [
    { name: 'statement', as: { login: 'service', password: demo.employee.password }, path: '/statement' },
    { name: 'statements', as: demo.finance, path: '/statements' },
    { name: 'calendar', as: demo.finance, path: '/closing', size: { width: 1280, height: 560 } },
    { name: 'proof', as: demo.finance, path: '/proof', size: { width: 1280, height: 560 } },
  ]);
  await product.stop();
});
