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
  await page.getByText(`${spoken}现在应得`).waitFor();
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

journey(
  'what was paid too much is taken back on the statement, which its reader disputes and finance settles',
  async ({ product, open }) => {
    const admin = await Client.signIn(product, product.admin);
    const finance = { login: 'money', password: 'seven green bottles' };
    const clerk = await Client.signIn(product, finance);
    const employee = { login: 'xiaoming', password: 'seven green bottles' };
    const { items } = await admin.get<{ items: { id: number }[] }>('/people');
    await admin.post('/accounts', { ...employee, roles: ['employee'], person_id: items[0]?.id });
    await admin.call('PATCH', '/organisation', { clawback_limit: '30%' });
    await clerk.post('/closings', { kind: 'month', label });

    const page = await open({ as: finance });
    await visit(page, '/closing');
    await page.getByRole('button', { name: '标记为已发放' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '标记为已发放' }).click();
    await page.getByText(/标记已发放/).waitFor();
    const { items: records } = await admin.get<{ items: { id: number }[] }>('/objects/deal/records');
    await admin.call('DELETE', `/objects/deal/records/${records[0]?.id}`);
    for (const title of ['丙', '丁']) {
      await admin.post('/objects/deal/records', { values: { title, won_on: today, owner: 'E1' } });
    }

    const mine = await open({ as: employee });
    await visit(mine, '/statement');
    await mine.getByText('¥500.00').first().waitFor();
    await mine.getByRole('button', { name: '有异议' }).click();
    await mine.getByLabel('哪里不对？财务会看到你写的话。').fill('少算了一单');
    await mine.getByRole('button', { name: '提交' }).click();
    await mine.getByText('少算了一单').waitFor();
    // This month earned ¥1,000: at most ¥300 of the ¥500 is taken back now, and ¥200 later.
    await visit(mine, `/statement?period=${today.slice(0, 7)}`);
    await mine.getByText('¥700.00').waitFor();
    await mine.getByText('期末应追回（转下期）').waitFor();
    await mine.getByText('-¥300.00').waitFor();
    const pdf = await mine.context().request.get(`/api/statements/${label}/pdf`);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');

    await visit(page, `/statements?period=${label}`);
    await page.getByText('0 人已确认，1 人有异议').waitFor();
    await page.getByText('待处理的异议（1）').click();
    await page.getByRole('link', { name: '王小明' }).click();
    await page.getByRole('heading', { level: 1, name: '王小明 的对账单' }).waitFor();
    await page.getByText('少算了一单').waitFor();
    await page.getByLabel('写给本人的答复').fill('丙单已补录，下月补发');
    await page.getByRole('button', { name: '处理完毕' }).click();
    await page.getByText('已处理', { exact: true }).waitFor();

    // The person is told, and has the last word.
    await visit(mine, '/rewards');
    await mine.getByText('财务已处理你对').waitFor();
    await mine.getByRole('link', { name: '打开对账单' }).click();
    await mine.getByText('丙单已补录，下月补发').waitFor();
    await mine.getByRole('button', { name: '确认' }).click();
    await mine.getByText('已确认', { exact: true }).waitFor();
    await visit(page, `/statements?period=${label}`);
    await page.getByText('1 人已确认，0 人有异议').waitFor();
  },
);
