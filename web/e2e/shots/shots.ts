import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { desktop, launch, open, phone, visit } from '../harness/browser';
import { Client } from '../harness/client';
import { shotsFolder } from '../harness/places';
import { demo, type Product, start } from '../harness/product';
import { addressOf, type PageToSee, pagesToSee } from './pages';

const languages = ['zh', 'en'] as const;
const themes = ['light', 'dark'] as const;
const sizes = [desktop, phone] as const;

/** LAUREL_SHOTS="award plan" takes only the pages that are named. */
const wanted = (process.env.LAUREL_SHOTS ?? '').split(/[\s,]+/).filter(Boolean);
const chosen = pagesToSee.filter((each) => wanted.length === 0 || wanted.includes(each.name));

let product: Product;
let browser: Browser;
let client: Client;

beforeAll(async () => {
  [product, browser] = await Promise.all([start('demo'), launch()]);
  client = await Client.signIn(product, demo.admin);
  if (wanted.length === 0) rmSync(shotsFolder, { recursive: true, force: true });
  mkdirSync(shotsFolder, { recursive: true });
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

// One window for each reader, language, theme and size, so that the application is loaded once for all its pages.
const readers = [...new Set(chosen.map((each) => each.as))];
for (const language of languages) {
  for (const theme of themes) {
    for (const size of sizes) {
      describe(`${language} ${theme} ${size.width}`, () => {
        for (const as of readers) {
          test(as?.login ?? 'nobody', async () => {
            const page = await open(browser, product, { language, theme, size, as: as ?? undefined });
            for (const each of chosen.filter((one) => one.as === as)) {
              const file = join(shotsFolder, `${each.name}-${language}-${theme}-${size.width}.png`);
              await take(page, each, file);
            }
            await page.context().close();
          });
        }
      });
    }
  }
}

async function take(page: Page, what: PageToSee, file: string): Promise<void> {
  await visit(page, await addressOf(what, client));
  if (what.act === 'palette') {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
  }
  await page.screenshot({ path: file, animations: 'disabled' });
}
