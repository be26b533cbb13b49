import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
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
  context.on('page', follow);
  return context.newPage();
}

/** What each page has asked for and not got yet. */
const underWay = new WeakMap<Page, Set<Request>>();

/** Counts a page's requests. The stream of events stays open as long as the page does, so it says nothing. */
function follow(page: Page): void {
  const asked = new Set<Request>();
  underWay.set(page, asked);
  page.on('request', (request) => {
    // What the page before had asked for is not answered any more.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) asked.clear();
    if (request.resourceType() !== 'eventsource') asked.add(request);
  });
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
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

/**
 * Waits until a page stands still. A page whose code or whose data is only about to be asked for looks finished too, so
 * nothing may be under way before and after two frames in which nothing changes.
 */
export async function settled(page: Page): Promise<void> {
  await page.locator('main').first().waitFor();
  const until = Date.now() + actionTimeoutMs;
  for (;;) {
    const moving = onTheWay(page) ?? (await changes(page)) ?? onTheWay(page);
    if (moving === undefined) break;
    if (Date.now() > until) throw new Error(`${page.url()} does not come to rest: ${moving}`);
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
  }
  await page.evaluate(() => document.fonts.ready);
}

function onTheWay(page: Page): string | undefined {
  const [first] = underWay.get(page) ?? [];
  return first && `${first.method()} ${first.url()} has no answer`;
}

/** What changes within two frames, or still says that it is loading. */
function changes(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    let changed: string | undefined;
    const watch = new MutationObserver(([first]) => {
      changed ??= `<${first?.target.nodeName.toLowerCase()}> changes`;
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    await frame();
    await frame();
    watch.disconnect();
    const busy = document.querySelector('.ant-skeleton, .ant-spin-spinning, [aria-busy="true"]');
    return busy ? `<${busy.nodeName.toLowerCase()} class="${busy.className}"> is loading` : changed;
  });
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
