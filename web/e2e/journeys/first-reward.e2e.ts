import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { visit } from '../harness/browser';
import { choose, markUnloaded, pickDay } from '../harness/controls';
import { journeysOn, type Travel } from '../harness/journey';

const journey = journeysOn('empty');

const today = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' });

journey('from the first start to the first reward, by clicking only', async ({ product, open }) => {
  const page = await open();
  await signIn(page, product);
  await addPerson(page, '李雷');
  await makeTable(page);
  await writePlan(page);

  // Somebody else watches the feed while the record is saved.
  const watcher = await open({ as: product.admin });
  await visit(watcher, '/feed');
  const stayed = await markUnloaded(watcher);
  await addDeal(page, '第一单');
  expect(await evidence(watcher).count(), 'one deal of two earns nothing yet').toBe(0);
  await addDeal(page, '第二单');
  await evidence(watcher).waitFor();
  await watcher.getByText('李雷').first().waitFor();
  await watcher.getByText('¥500').first().waitFor();
  expect(await stayed(), 'the feed was not loaded again').toBe(true);

  // The figure opens down to the records that made it.
  await evidence(watcher).click();
  await watcher.getByRole('link', { name: '第一单' }).waitFor();
  await watcher.getByRole('link', { name: '第二单', exact: true }).click();
  await watcher.getByRole('heading', { level: 1, name: '第二单' }).waitFor();
});

/** The way from an award in the feed to what it rests on. */
const evidence = (page: Page) => page.getByRole('link', { name: /依据/ });

async function signIn(page: Page, product: Travel['product']): Promise<void> {
  await page.goto('/');
  await page.waitForURL('**/sign-in**');
  await page.getByLabel('账号').fill(product.admin.login);
  await page.getByLabel('密码').fill(product.admin.password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { level: 1, name: '你好，admin' }).waitFor();
}

async function addPerson(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: '人员与团队' }).click();
  await page.getByRole('button', { name: '新增人员' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('姓名').fill(name);
  await form.getByRole('button', { name: '保存' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

async function makeTable(page: Page): Promise<void> {
  await page.getByRole('link', { name: '表与字段' }).click();
  await page.getByRole('button', { name: '建一张表' }).first().click();
  await page.locator('#object-zh').fill('商机');
  await page.locator('#object-en').fill('Deal');
  const fields = [
    { zh: '名称', en: 'Name', type: '文本' },
    { zh: '成交日期', en: 'Closed on', type: '日期' },
    { zh: '负责人', en: 'Owner', type: '人员' },
  ];
  for (const [place, field] of fields.entries()) {
    const cards = page.locator('fieldset');
    if ((await cards.count()) <= place) await page.getByRole('button', { name: '加字段' }).click();
    const card = cards.nth(place);
    await card.getByLabel('中文名').fill(field.zh);
    await card.getByLabel('英文名').fill(field.en);
    await choose(page, card.getByLabel('类型'), field.type);
  }
  await page.getByRole('button', { name: '建表' }).click();
  await page.getByRole('heading', { level: 1, name: '商机' }).waitFor();
}

/** 每满 2 单，得 ¥500. */
async function writePlan(page: Page): Promise<void> {
  await page.getByRole('link', { name: '奖励方案' }).first().click();
  await page.getByRole('button', { name: '写一个方案' }).first().click();
  await page.getByRole('heading', { level: 1, name: '写一个奖励方案' }).waitFor();
  await page.getByLabel('方案名称 (中文)').fill('签单奖');
  await page.getByLabel('方案名称 (英文)').fill('Signing bonus');

  await choose(page, page.getByLabel('指标', { exact: true }), '新建指标');
  const metric = page.getByRole('dialog');
  await metric.getByLabel('指标名称 (中文)').fill('成交数');
  await metric.getByLabel('指标名称 (英文)').fill('Deals closed');
  await choose(page, metric.getByLabel('数据来自哪张表'), '商机');
  await metric.getByLabel('单位 (中文)').fill('单');
  await metric.getByLabel('单位 (英文)').fill('deals');
  await metric.getByRole('button', { name: '保存指标' }).click();
  await metric.waitFor({ state: 'hidden' });

  await page.getByLabel('多少').fill('2');
  await page.getByLabel('数额').fill('500');
  await page.getByText('每满 2 单').first().waitFor();
  await page
    .getByRole('button', { name: '发 布' })
    .or(page.getByRole('button', { name: '发布' }))
    .click();
  const ask = page.getByRole('dialog');
  await ask.getByRole('button', { name: /发\s?布/ }).click();
  await page.waitForURL(/\/plans\/[^/]+$/);
  await page.getByRole('heading', { level: 1, name: '签单奖' }).waitFor();
}

async function addDeal(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: '商机' }).first().click();
  await page.getByRole('button', { name: '新增', exact: false }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('名称').fill(name);
  await pickDay(form.getByLabel('成交日期'), today);
  await choose(page, form.getByLabel('负责人'), '李雷');
  await form.getByRole('button', { name: /保\s?存/ }).click();
  await form.waitFor({ state: 'hidden' });
}
