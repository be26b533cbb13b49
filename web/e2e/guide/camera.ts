import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { open, phone, visit } from '../harness/browser';
import { guideFolder } from '../harness/places';
import type { Product, SignIn } from '../harness/product';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** Wide enough for the rail and the plan editor side by side; a page of the guide shows it whole. */
const screen = { width: 1280, height: 800 } as const;

/** A picture has to load at once in a README, too. */
const maxBytes = 120_000;

/** Charts draw themselves a moment after their page stands still. */
const chartMs = 700;

/** One picture of the guide. */
export interface Picture {
  /** Its file is NAME-zh.webp or NAME-en.webp. */
  name: string;
  as: SignIn;
  path: string;
  size?: 'phone' | { width: number; height: number };
  /** What is clicked and typed first; `say` chooses between Chinese and English words of the page. */
  pose?: (page: Page, say: Say) => Promise<void>;
}

export type Say = <T>(zh: T, en: T) => T;

/** Takes a picture in both languages. */
export async function take(browser: Browser, product: Product, picture: Picture): Promise<void> {
  const { as, size = screen } = picture;
  for (const language of languages) {
    const page = await open(browser, product, { language, as, size: size === 'phone' ? phone : size });
    await visit(page, picture.path);
    await picture.pose?.(page, (zh, en) => (language === 'zh' ? zh : en));
    await page.waitForTimeout(chartMs);
    const shot = await page.screenshot({ animations: 'disabled' });
    await page.context().close();
    keep(`${picture.name}-${language}.webp`, await compress(browser, shot));
  }
}

function keep(name: string, bytes: Buffer): void {
  if (bytes.length > maxBytes) throw new Error(`${name} has ${bytes.length} bytes, more than ${maxBytes}`);
  mkdirSync(guideFolder, { recursive: true });
  writeFileSync(join(guideFolder, name), bytes);
}

/** WebP, which the browser itself can write: a third of the PNG. */
async function compress(browser: Browser, png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  const url = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.82);
  }, png.toString('base64'));
  await page.close();
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
