import { expect } from 'vitest';
import { visit } from '../harness/browser';
import { Client } from '../harness/client';
import { journeysOn } from '../harness/journey';
import { demo } from '../harness/product';

const journey = journeysOn('demo');

const welcomeBack = {
  key: 'welcome-back',
  name: { zh: '老友奖', en: 'Welcome back' },
  metric: 'new-customers',
  shape: 'every',
  params: { size: '10' },
  reward: { kind: 'cash', amount: '900' },
  period: 'quarter',
};

journey('a plan is submitted, sent back, changed, and published by another person', async ({ product, open }) => {
  await (await Client.signIn(product, demo.designer)).post('/plans', welcomeBack);
  const chief = await open({ as: demo.admin });
  await visit(chief, '/settings');
  await chief.getByRole('switch', { name: '方案由另一人评审后发布' }).click();
  await chief.getByRole('button', { name: /保\s?存/ }).click();
  await chief.getByText('已保存').waitFor();

  // Its author cannot publish it, and says what to look at.
  const author = await open({ as: demo.designer });
  await visit(author, '/plans/welcome-back/edit');
  expect(await author.getByRole('button', { name: /^发\s?布$/ }).count()).toBe(0);
  await author.getByRole('button', { name: '提交评审' }).click();
  await author.getByRole('dialog').getByLabel('想请评审人看什么（可不填）').fill('金额合适吗？');
  await author.getByRole('dialog').getByRole('button', { name: '提交评审' }).click();
  await author.waitForURL(/\/plans\/welcome-back$/);
  const waiting = author.getByRole('region', { name: '第 1 版' });
  await waiting.getByText('评审中').waitFor();
  await waiting.getByText('金额合适吗？').waitFor();
  await waiting.getByText(/^这一版是你写的/).waitFor();
  expect(await waiting.getByRole('button', { name: /^发\s?布$/ }).count()).toBe(0);

  await visit(chief, '/plans');
  await chief.getByRole('region', { name: '评审中' }).getByRole('link', { name: '老友奖' }).click();
  await chief.getByRole('button', { name: /退\s?回/ }).click();
  await chief.getByRole('dialog').getByLabel('原因（作者会看到）').fill('太高了，请降到 600');
  await chief
    .getByRole('dialog')
    .getByRole('button', { name: /退\s?回/ })
    .click();
  await chief.getByRole('region', { name: '第 1 版' }).getByText('草稿').waitFor();

  // The author reads why while changing it.
  await visit(author, '/plans/welcome-back/edit');
  await author.getByText('太高了，请降到 600').waitFor();
  await author.getByLabel('数额').fill('600');
  await author.getByRole('button', { name: '提交评审' }).click();
  await author.getByRole('dialog').getByRole('button', { name: '提交评审' }).click();
  await author.waitForURL(/\/plans\/welcome-back$/);
  await waiting.getByText('评审中').waitFor();
  expect(await author.getByText('太高了，请降到 600').count(), 'the reason went with the new submission').toBe(0);

  await visit(chief, '/plans/welcome-back');
  await chief.getByText('¥600').first().waitFor();
  await chief
    .getByRole('region', { name: '第 1 版' })
    .getByRole('button', { name: /^发\s?布$/ })
    .click();
  await chief
    .getByRole('dialog')
    .getByRole('button', { name: /发\s?布/ })
    .click();
  await chief.getByText(/提交评审$/).waitFor();
  await chief.getByText('进行中').first().waitFor();
  expect(await chief.getByRole('region', { name: '第 1 版' }).count()).toBe(0);
  await chief.getByText('经过：谁在何时做了什么').click();
  await chief.getByRole('listitem').filter({ hasText: '太高了，请降到 600' }).waitFor();
});
