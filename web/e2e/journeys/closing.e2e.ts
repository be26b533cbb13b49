import { expect } from 'vitest';
import { visit } from '../harness/browser';
import { Client } from '../harness/client';
import { journeysOn } from '../harness/journey';

const journey = journeysOn('empty');

const today = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' });
const [year = 0, month = 0] = today.split('-').map(Number);
const two = (n: number) => String(n).padStart(2, '0');
const last = month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 };
const label = `${last.year}-${two(last.month)}`;
const spoken = `${last.year} 年 ${last.month} 月`;

/** ¥500 for every deal of a month. */
const company = {
  organisation: {
    name: { zh: '小公司', en: 'Small' },
    time_zone: 'Asia/Shanghai',
    fiscal_start_month: 1,
    currency: 'CNY',
    language: 'zh',
  },
  persons: [{ key: 'E1', name: '王小明' }],
  objects: [
    {
      key: 'deal',
      name: { zh: '成交', en: 'Deal' },
      title: 'title',
      fields: [
        { key: 'title', name: { zh: '名称', en: 'Title' }, type: 'text' },
        { key: 'won_on', name: { zh: '日期', en: 'Day' }, type: 'date' },
        { key: 'owner', name: { zh: '负责人', en: 'Owner' }, type: 'person' },
      ],
    },
  ],
  metrics: [
    {
      key: 'deals',
      name: { zh: '成交数', en: 'Deals' },
      object: 'deal',
      date: 'won_on',
      person: 'owner',
      measure: { kind: 'count' },
    },
  ],
  plans: [
    {
      key: 'per-deal',
      name: { zh: '每单奖', en: 'Per deal' },
      metric: 'deals',
      shape: 'every',
      params: { size: 1 },
      reward: { kind: 'cash', amount: '500' },
      period: 'month',
      effective_from: `${last.year}-${two(last.month)}-01`,
    },
  ],
};

journey('a month is closed, corrected by an adjustment, and opened again', async ({ product, open }) => {
  const admin = await Client.signIn(product, product.admin);
  await admin.define(company);
  const ids: number[] = [];
  for (const title of ['甲', '乙']) {
    const record = await admin.post<{ id: number }>('/objects/deal/records', {
      values: { title, won_on: `${label}-05`, owner: 'E1' },
    });
    ids.push(record.id);
  }
  const finance = { login: 'money', password: 'seven green bottles' };
  await admin.post('/accounts', { ...finance, roles: ['finance'] });

  const page = await open({ as: finance });
  await visit(page, '/closing');
  await page.getByRole('heading', { name: `${spoken}：关账前看一看` }).waitFor();
  await page.getByText('¥1,000.00').first().waitFor();
  await page.getByRole('button', { name: `关账：${spoken}` }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `关账：${spoken}` })
    .click();
  await page.getByText('现在没有可以关账的周期。').waitFor();
  await page.getByText(/money 于 .* 关账/).waitFor();

  // A deal of the closed month turns out to be none: its award stands, and the open month takes ¥500 back.
  await admin.call('DELETE', `/objects/deal/records/${ids[1]}`);
  await visit(page, `/awards?plan=per-deal`);
  const adjustment = page.getByRole('listitem').filter({ hasText: `调整 · 更正 ${spoken}` });
  await adjustment.getByRole('link', { name: '-¥500.00' }).click();
  await page.getByText('¥500.00 − ¥1,000.00').waitFor();
  await page.getByText(`${label} 现在应得`).waitFor();
  await page.getByRole('link', { name: `调整 · 更正 ${spoken}` }).click();
  await page.getByRole('heading', { level: 1, name: new RegExp(spoken) }).waitFor();
  expect(await page.getByText('¥500.00').count(), 'both awards of the closed month stand').toBe(2);

  await visit(page, '/closing');
  await page.getByRole('button', { name: '重新打开' }).click();
  const question = page.getByRole('dialog');
  await question.getByLabel('原因').fill('漏了一条更正');
  await question.getByRole('button', { name: '重新打开' }).click();
  await page.getByText(/重新打开：漏了一条更正/).waitFor();
  await page.getByRole('heading', { name: `${spoken}：关账前看一看` }).waitFor();
  // The award follows the records again, and the adjustment is gone.
  await visit(page, '/awards?plan=per-deal');
  await page.getByText('¥500.00').first().waitFor();
  expect(await page.getByText('调整 · 更正').count()).toBe(0);
});
