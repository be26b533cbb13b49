import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { settled, visit } from '../harness/browser';
import { Client } from '../harness/client';
import { choose } from '../harness/controls';
import { journeysOn } from '../harness/journey';

const journey = journeysOn('empty');

/** A file as people keep it: a title above the header, amounts and dates in several hands, two bad rows, a total below. */
const file = `回款明细表,,,,
单号,客户,金额,到账日期,负责人
HK-001,海河公司,"¥1,234.50",2026年3月5日,李雷
HK-002,星辰公司,１２００,2026/3/6,李雷
HK-003,远山公司,1.5万,2026.3.7,李雷
HK-004,青松公司,3000,2026-03-08,李雷
HK-005,白云公司,不详,2026-03-09,李雷
HK-006,蓝天公司,=cmd|calc,2026-03-10,李雷
合计,,20434.50,,
`;

journey(
  'a file becomes a table through the wizard, and the same file twice changes nothing',
  async ({ product, open }) => {
    const client = await Client.signIn(product, product.admin);
    await client.define({ persons: [{ key: 'E1', name: '李雷' }] });

    const page = await open({ as: product.admin });
    await upload(page);
    await page.getByText('略过了 2 行标题或合计').waitFor();
    await page.locator('#object-name').fill('回款');
    await page.locator('#object-key').fill('payment');
    // One cell that is no amount makes the column look like text; the reader knows better.
    await choose(page, page.getByLabel('“金额”的类型'), '金额');
    await page.getByRole('button', { name: '试运行' }).click();

    // The dry run names what is wrong before anything is written.
    await page.getByText('不详').first().waitFor();
    await page.getByText('要处理的问题').waitFor();
    const objects = await client.get<{ items: unknown[] }>('/objects');
    expect(objects.items, 'a dry run writes nothing').toEqual([]);

    await page.getByRole('button', { name: '导入 4 行' }).click();
    await page.getByText('导入完成').waitFor();
    await expectBadRows(page);

    await page.getByRole('button', { name: '看导入的记录' }).click();
    await page.getByRole('heading', { level: 1, name: '回款' }).waitFor();
    for (const shown of ['海河公司', '1,234.50', '1,200.00', '15,000.00', '2026-03-05', '李雷']) {
      await page.getByText(shown).first().waitFor();
    }

    await upload(page, 'payment');
    await page.getByRole('button', { name: '试运行' }).click();
    await page.getByText('要处理的问题').waitFor();
    await page.getByRole('button', { name: '导入 4 行' }).click();
    await page.getByText('导入完成').waitFor();
    const { items } = await client.get<{ items: { version: number }[] }>('/objects/payment/records');
    expect(
      items.map((each) => each.version),
      'four records, none of them written again',
    ).toEqual([1, 1, 1, 1]);
  },
);

async function upload(page: Page, object?: string): Promise<void> {
  await send(page, `/imports${object ? `?object=${object}` : ''}`, {
    name: '回款明细.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(file),
  });
}

async function send(page: Page, from: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await visit(page, from);
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.waitForURL(/\/imports\/\d+/);
  await settled(page);
}

/** The rows that did not load can be taken home, with line, column, value and reason. */
async function expectBadRows(page: Page): Promise<void> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载未导入的行' }).click();
  const text = readFileSync(await (await waiting).path(), 'utf8');
  expect(text).toContain('不详');
  expect(text).toContain('金额');
  expect(text).not.toContain('海河公司');
  expect(text, 'a spreadsheet must not run what a cell says').toContain("'=cmd|calc");
}

/** More rows than are written before a click arrives. */
const manyRows = 80_000;

journey(
  'an import that is stopped keeps what it loaded, and completes when it runs again',
  async ({ product, open }) => {
    const client = await Client.signIn(product, product.admin);
    const page = await open({ as: product.admin });
    const lines = Array.from({ length: manyRows }, (_, i) => `N-${i},${i}`);
    const many = ['visit_no,seats', ...lines].join('\n');
    const file = { name: 'visits.csv', mimeType: 'text/csv', buffer: Buffer.from(many) };
    await send(page, '/imports', file);
    await page.getByRole('button', { name: '试运行' }).click();
    await page.getByText('没有问题，可以导入。').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: `导入 ${manyRows.toLocaleString('en-US')} 行` }).click();
    await page.getByRole('button', { name: /停\s?止/ }).click();
    await page.getByText('已停止，之前导入的保留').waitFor();
    const { items } = await client.get<{ items: { key: string; count: number }[] }>('/objects');
    const loaded = items.find((each) => each.key === 'visits')?.count ?? 0;
    expect(loaded, 'stopped before the end').toBeLessThan(manyRows);
    const counted = await page.locator('dl > div').filter({ hasText: '新增' }).innerText();
    expect(counted.replace(/\D/g, ''), 'the report says what is there').toBe(String(loaded));

    await page.getByRole('button', { name: '接着导入' }).click();
    await page.getByText('导入完成').waitFor({ timeout: 60_000 });
    const { items: then } = await client.get<{ items: { key: string; count: number }[] }>('/objects');
    expect(then.find((each) => each.key === 'visits')?.count, 'what was there is not loaded twice').toBe(manyRows);
  },
);
