import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { phone, visit } from '../harness/browser';
import { Client } from '../harness/client';
import { journeysOn } from '../harness/journey';
import { demo } from '../harness/product';
import { addressOf, pagesToSee } from '../shots/pages';

const journey = journeysOn('demo');

journey('on a phone no page scrolls sideways', async ({ product, open }) => {
  const client = await Client.signIn(product, demo.admin);
  const tooWide: string[] = [];
  for (const as of new Set(pagesToSee.map((each) => each.as))) {
    const page = await open({ as: as ?? undefined, size: phone });
    for (const each of pagesToSee.filter((one) => one.as === as && !one.act)) {
      await visit(page, await addressOf(each, client));
      if (await staysTooWide(page)) tooWide.push(`${each.name}: ${await whatSticksOut(page)}`);
    }
  }
  expect(tooWide).toEqual([]);
});

journey('on a phone the bottom bar leads to the daily pages and to everything else', async ({ open }) => {
  const page = await open({ as: demo.employee, size: phone });
  await visit(page, '/');
  const bar = page.locator('.bottom-bar');
  await bar.getByText('我的奖励').click();
  await page.waitForURL('**/rewards');
  await page.getByRole('heading', { level: 1, name: '我的奖励' }).waitFor();
  await bar.getByText('奖励方案').click();
  await page.waitForURL('**/plans');
  await bar.getByText('更多').click();
  await page.getByRole('dialog').getByText('动态').click();
  await page.waitForURL('**/feed');
  await bar.getByText('首页').click();
  await page.waitForURL((url) => url.pathname === '/');
  // The rail belongs to wide windows.
  expect(await page.locator('.rail').isVisible()).toBe(false);
});

/** Whether the page is wider than its window once everything that slides in has come to rest. */
async function staysTooWide(page: Page): Promise<boolean> {
  const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
  const rested = page.waitForFunction(fits, undefined, { timeout: 3_000 });
  return rested.then(() => false).catch(() => true);
}

/** The elements that reach beyond the window's edge, for whoever reads about the failure. */
function whatSticksOut(page: Page): Promise<string> {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    const beyond = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > edge + 1,
    );
    return beyond
      .slice(0, 5)
      .map((one) => `${one.tagName}.${one.className} to ${one.getBoundingClientRect().right} of ${edge} px`)
      .join(', ');
  });
}
