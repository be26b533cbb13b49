import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { phone, settled, visit } from '../harness/browser';
import { Client } from '../harness/client';
import { choose } from '../harness/controls';
import { journeysOn } from '../harness/journey';
import { demo } from '../harness/product';

const journey = journeysOn('demo');

// "of finance customers 5 % up to 50,000 and 8 % above, of all others ¥100 for every full ¥10,000"
journey('rates by a field and by the package are written by clicking', async ({ product, open }) => {
  const page = await open({ as: demo.designer, language: 'zh' });
  await visit(page, '/new-plan');
  await page.getByLabel('方案名称 (中文)').fill('分行业提成');
  await page.locator('.shape-choice').getByText('提成', { exact: true }).click();
  await choose(page, page.getByLabel('指标', { exact: true }), '回款金额');
  await page.getByRole('button', { name: '按字段分行' }).click();

  // The metric does not say yet how its records are told apart; it is told in the middle of the sentence.
  await choose(page, page.getByLabel('区分记录的字段'), '客户 › 行业');
  await page.getByText('按行业分行').waitFor();
  const [finance, others] = [row(page, 1), row(page, 2)];
  await choose(page, finance.getByLabel('哪个值'), '金融');
  await finance.getByRole('button', { name: '加一档' }).click();
  await finance.getByLabel('多少').fill('50000');
  await finance.getByLabel('提成比例').nth(0).fill('5%');
  await finance.getByLabel('提成比例').nth(1).fill('8%');

  // A package of nothing is refused where it was typed.
  await choose(page, others.getByLabel('怎么计价'), '按份');
  await others.getByLabel('一份多少').fill('0');
  await others.getByLabel('每份金额').fill('100');
  await others.getByRole('alert').filter({ hasText: '每份的数量须大于 0' }).waitFor();
  await others.getByLabel('一份多少').fill('10000');
  await choose(page, others.getByLabel('不足一份的'), '不算');

  const preview = page.getByRole('region', { name: '用历史试算' });
  const sentence = preview.locator('.preview-sentence');
  await sentence.filter({ hasText: '10,000' }).waitFor();
  const read = (await sentence.innerText()).replace(/\s/g, '');
  for (const part of ['金融', '不超过¥50,000的部分5%', '8%', '其余', '每满¥10,000发¥100', '不足一份不计'])
    expect(read).toContain(part);
  await preview.getByText('共花费').waitFor();

  await page.getByRole('button', { name: /保存草稿/ }).click();
  await page.waitForURL(/\/plans\/[^/]+\/edit$/);
  const key = /\/plans\/([^/]+)\/edit$/.exec(page.url())?.[1] ?? '';
  const client = await Client.signIn(product, demo.admin);
  const saved = await client.get<{ definition: { params: unknown } }>(`/plans/${key}`);
  expect(saved.definition.params).toEqual({
    mode: 'marginal',
    rows: [
      {
        value: 'finance',
        tiers: [
          { up_to: '50000', rate: '5%' },
          { rate: '8%', up_to: null },
        ],
      },
      { package: { size: '10000', amount: '100', round: 'down' } },
    ],
  });

  // Opened again it is the same sentence.
  await page.reload();
  await settled(page);
  await row(page, 1).getByText('金融').waitFor();
  expect(await row(page, 2).getByLabel('一份多少').inputValue()).toBe('10000');
});

journey('rows, packages and a streak are written on a phone, and nothing sticks out', async ({ open }) => {
  const page = await open({ as: demo.designer, language: 'en', size: phone });
  await visit(page, '/new-plan');
  await page.locator('.shape-choice').getByText('Commission').click();
  await page.getByRole('button', { name: 'Rows by a field' }).click();
  await page.getByRole('region', { name: 'Row 1' }).getByRole('button', { name: 'By the package' }).click();
  await choose(page, page.getByRole('region', { name: 'Row 2' }).getByLabel('How it is priced'), 'by the package');
  expect(await overhang(page)).toBe(0);

  // A streak is made of any rule that judges one subject alone, and its editor is that rule's own.
  await page.locator('.shape-choice').getByText('Streak').click();
  for (const shape of ['Improve', 'Score', 'Commission', 'Every']) {
    await choose(page, page.getByLabel('Condition of each period'), shape);
    expect(await overhang(page), shape).toBe(0);
  }
  await page.locator('.sentence-condition').getByLabel('how many').first().waitFor();
  expect(await page.getByLabel('What it gives').count(), 'the condition gives nothing of its own').toBe(1);
});

const row = (page: Page, number: number) => page.getByRole('region', { name: `第 ${number} 行` });

/** How many pixels the page is wider than its window. */
const overhang = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
