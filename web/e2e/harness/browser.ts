import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath, outputFolder } from './places';
import type { Product, SignIn } from './product';

/** Long enough for a slow machine, short enough to notice what never comes. */
const actionTimeoutMs = 15_000;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const desktop = { width: 1440, height: 900 } as const;
export const phone = { width: 390, height: 844 } as const;

/** How a reader looks at Laurel. */
export interface Reader {
  as?: SignIn;
  language?: 'zh' | 'en';
  theme?: 'light' | 'dark';
  size?: { width: number; height: number };
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, headless: true, args: flags, timeout: actionTimeoutMs * 2 });
}

/** A reader's own browser window, signed in when `as` is given. */
export async function open(browser: Browser, product: Product, reader: Reader = {}): Promise<Page> {
  const size = reader.size ?? desktop;
  const small = size.width < 768;
  const context = await browser.newContext({
    baseURL: product.url,
    viewport: size,
    deviceScaleFactor: small ? 2 : 1,
    hasTouch: small,
    isMobile: small,
    locale: reader.language === 'en' ? 'en-GB' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: reader.theme ?? 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(actionTimeoutMs);
  await context.addInitScript(
    ([language, theme]) => {
      localStorage.setItem('laurel.language', language);
      localStorage.setItem('laurel.theme', theme);
    },
    [reader.language ?? 'zh', reader.theme ?? 'light'] as const,
  );
  if (reader.as) await signIn(context, reader.as);
  return context.newPage();
}

/** Signs a window in without its page, as journeys that are not about signing in do. */
async function signIn(context: BrowserContext, who: SignIn): Promise<void> {
  const answer = await context.request.post('/api/session', { data: who });
  if (!answer.ok()) throw new Error(`sign in as ${who.login}: ${answer.status()} ${await answer.text()}`);
}

/** Opens an address and waits until its content stands still: no skeleton, nothing on the way. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.locator('main').first().waitFor();
  await page.waitForFunction(
    () => document.querySelector('.ant-skeleton, .ant-spin-spinning, [aria-busy="true"]') === null,
    undefined,
    { timeout: actionTimeoutMs },
  );
  await page.evaluate(() => document.fonts.ready);
}

/** Leaves a picture and the address of every open window, for whoever reads about the failure. */
export async function keepPictures(browser: Browser, journey: string): Promise<void> {
  mkdirSync(outputFolder, { recursive: true });
  const name = journey.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    const file = join(outputFolder, `${name}-${index + 1}.png`);
    await page.screenshot({ path: file, timeout: actionTimeoutMs }).catch(() => undefined);
    console.error(`picture of ${page.url()}: ${file}`);
  }
}
