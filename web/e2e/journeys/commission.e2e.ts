import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { phone, settled, visit } from '../harness/browser';
import { Client } from '../harness/client';
import { choose } from '../harness/controls';
import { journeysOn } from '../harness/journey';
import { demo } from '../harness/product';

const journey = journeysOn('demo');

/** How content a salesperson's own customers are: a condition that some of them miss. */
const contentment = {
  metrics: [
    {
      key: 'own-rated',
      name: { zh: '所管客户的评价', en: 'Ratings by own customers' },
      object: 'ticket',
      condition: 'rating != null',
      date: 'solved_at',
      person: 'account.owner',
      measure: { kind: 'count' },
    },
    {
      key: 'own-praised',
      name: { zh: '所管客户的好评', en: 'Praise by own customers' },
      object: 'ticket',
      condition: 'rating >= 4',
      date: 'solved_at',
      person: 'account.owner',
      measure: { kind: 'count' },
    },
    {
      key: 'own-praise-rate',
      name: { zh: '所管客户好评率', en: 'Customer rating' },
      measure: { kind: 'ratio', of: 'own-praised', to: 'own-rated' },
      unit: { zh: '%', en: '%' },
    },
  ],
};

// "5 % up to 50,000, 8 % to 100,000, 12 % above, only with customer rating ≥ 95 %, split 70/30, quarterly"
journey('a tiered commission with a condition and a split is written by clicking', async ({ product, open }) => {
  await (await Client.signIn(product, demo.admin)).define(contentment);
  const page = await open({ as: demo.designer, language: 'zh' });
  await visit(page, '/plans');
  await page.getByRole('button', { name: '写一个方案' }).first().click();
  await page.getByRole('heading', { level: 1, name: '写一个奖励方案' }).waitFor();
  await page.getByLabel('方案名称 (中文)').fill('好口碑提成');
  await writeCommission(page);

  // What the server read is the sentence that was meant, and history shows what it costs.
  const preview = page.getByRole('region', { name: '用历史试算' });
  const sentence = preview.locator('.preview-sentence');
  await sentence.filter({ hasText: '70 %' }).waitFor();
  const read = (await sentence.innerText()).replace(/\s/g, '');
  for (const part of [
    '季度回款金额',
    '不超过¥50,000的部分5%',
    '¥100,000的部分8%',
    '12%',
    '所管客户好评率不低于95%',
    '本人70%',
    '直接主管30%',
  ])
    expect(read).toContain(part);
  await preview.getByText('共花费').waitFor();
  await preview
    .getByText(/（分自/)
    .first()
    .waitFor();

  // One hundred and ten per cent is refused where it was typed, and nothing can be saved that is not whole.
  await page.getByRole('button', { name: '再加一方' }).click();
  await choose(page, page.getByLabel('分给谁').nth(2), '直接主管');
  await page.getByLabel('份额').nth(2).fill('10');
  await page.getByText('合计 110 %，多了 10 %').waitFor();
  await page.locator('[data-part="split"]').getByRole('alert').filter({ hasText: '100' }).waitFor();
  await page.locator('[data-part="split"] li').nth(2).getByRole('button', { name: /去掉/ }).click();
  await page.getByText('合计 100 %').waitFor();

  await page.getByRole('button', { name: /保存草稿/ }).click();
  await page.waitForURL(/\/plans\/[^/]+\/edit$/);
  await page.getByRole('button', { name: /发\s?布/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /发\s?布/ })
    .click();
  await page.waitForURL(/\/plans\/[^/]+$/);
  await page.getByRole('heading', { level: 1, name: '好口碑提成' }).waitFor();
  const published = (await page.locator('.plan-sentence').first().innerText()).replace(/\s/g, '');
  expect(published).toBe(read);
});

journey('the same sentence is written on a phone, in English, and nothing sticks out', async ({ open }) => {
  const page = await open({ as: demo.designer, language: 'en', size: phone });
  await visit(page, '/new-plan');
  await page.locator('.shape-choice').getByText('Commission').click();
  for (const part of [
    'A condition',
    'Sharing',
    'Ramp for newcomers',
    'Part of a period',
    'A budget',
    'Work of reports',
  ])
    await page.getByRole('button', { name: part }).click();
  await choose(page, page.getByLabel('quarter', { exact: true }), 'listed period');
  await settled(page);
  expect(await overhang(page)).toBe(0);
  // What was added can be taken away again, to the last one.
  for (let left = await page.locator('[data-part]').count(); left > 0; left--) {
    const part = page.locator('[data-part]').first();
    await part
      .getByRole('button', { name: /^Remove/ })
      .first()
      .click();
    await page.waitForFunction((count) => document.querySelectorAll('[data-part]').length < count, left);
  }
  // The keyboard stays where the last one was.
  await page.getByRole('button', { name: 'A budget' }).and(page.locator(':focus')).waitFor();
  await page.getByRole('button', { name: 'A condition' }).waitFor();
  expect(await overhang(page)).toBe(0);
});

async function writeCommission(page: Page): Promise<void> {
  await page.locator('.shape-choice').getByText('提成', { exact: true }).click();
  await choose(page, page.getByLabel('指标', { exact: true }), '回款金额');
  const add = page.getByRole('button', { name: '加一档' });
  await add.click();
  await add.click();
  for (const [place, bound] of ['50000', '100000'].entries()) await page.getByLabel('多少').nth(place).fill(bound);
  for (const [place, rate] of ['5', '8', '12'].entries()) await page.getByLabel('提成比例').nth(place).fill(rate);

  await page.getByRole('button', { name: '前提条件' }).click();
  await choose(page, page.getByLabel('前提看哪个指标'), '所管客户好评率');
  await page.getByLabel('前提的数值').fill('95');

  // The first blank of what was just added waits for the keyboard; the other share is what is left.
  await page.getByRole('button', { name: '几个人分' }).click();
  await page.keyboard.type('70');
  expect(await page.getByLabel('份额').nth(1).inputValue()).toBe('30');
}

/** How many pixels the page is wider than its window. */
const overhang = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
