import { expect } from 'vitest';
import { visit } from '../harness/browser';
import { Client } from '../harness/client';
import { cell, markUnloaded } from '../harness/controls';
import { journeysOn } from '../harness/journey';

const journey = journeysOn('empty');

const today = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' });

/** Five per cent of every payment, to the person who brought it in. */
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
      key: 'payment',
      name: { zh: '回款', en: 'Payment' },
      title: 'title',
      fields: [
        { key: 'title', name: { zh: '单号', en: 'Number' }, type: 'text' },
        { key: 'amount', name: { zh: '金额', en: 'Amount' }, type: 'money', currency: 'CNY' },
        { key: 'paid_on', name: { zh: '日期', en: 'Day' }, type: 'date' },
        { key: 'owner', name: { zh: '负责人', en: 'Owner' }, type: 'person' },
      ],
    },
  ],
  metrics: [
    {
      key: 'cash',
      name: { zh: '回款金额', en: 'Cash' },
      object: 'payment',
      date: 'paid_on',
      person: 'owner',
      measure: { kind: 'sum', value: 'amount' },
    },
  ],
  plans: [
    {
      key: 'five-percent',
      name: { zh: '回款提成', en: 'Commission' },
      metric: 'cash',
      shape: 'rate',
      params: { mode: 'marginal', tiers: [{ rate: '5%' }] },
      reward: { kind: 'cash' },
      period: 'quarter',
      effective_from: `${today.slice(0, 4)}-01-01`,
    },
  ],
};

journey('an award changes on an open page when somebody edits the record in the grid', async ({ product, open }) => {
  const client = await Client.signIn(product, product.admin);
  await client.define(company);
  await client.post('/objects/payment/records', {
    values: { title: 'P-1', amount: '10000', paid_on: today, owner: 'E1' },
  });

  const watcher = await open({ as: product.admin });
  await visit(watcher, '/feed');
  await watcher.getByText('¥500.00').first().waitFor();
  await watcher.getByRole('link', { name: /依据/ }).first().click();
  await watcher.getByText('¥10,000.00 × 5 %').waitFor();
  const stayed = await markUnloaded(watcher);

  const editor = await open({ as: product.admin });
  await visit(editor, '/objects/payment');
  await cell(editor, 0, 1).dblclick();
  const box = cell(editor, 0, 1).getByRole('textbox');
  await box.fill('24720');
  await box.press('Enter');

  await watcher.getByText('¥24,720.00 × 5 %').waitFor();
  await watcher.getByText('¥1,236.00').first().waitFor();
  expect(await stayed(), 'the watching page was not loaded again').toBe(true);
});
