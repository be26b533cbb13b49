import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepPictures, launch, open, type Reader } from './browser';
import { type Product, start } from './product';

/** What a journey travels with. */
export interface Travel {
  product: Product;
  browser: Browser;
  /** Opens a window for a reader; it is closed when the journey ends. */
  open: (reader?: Reader) => Promise<Page>;
}

/** Noise of the browser that says nothing about the product. */
const harmless = [/Download the React DevTools/, /status of 401/];

/**
 * Serves one product for the journeys of a file, and returns how to declare a journey.
 * A journey also fails when a page threw an error or wrote one to the console.
 * Journeys whose data is not there are skipped.
 */
export function journeysOn(what: 'empty' | 'demo', there = true) {
  let product: Product | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [product, browser] = await Promise.all([start(what), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });
  return (name: string, walk: (travel: Travel) => Promise<void>) =>
    test.skipIf(!there)(name, async () => {
      if (!product || !browser) throw new Error('the product or the browser did not start');
      const running = { product, browser };
      const complaints: string[] = [];
      const openHere = async (reader?: Reader) => {
        const page = await open(running.browser, running.product, reader);
        listen(page, complaints);
        return page;
      };
      try {
        await walk({ ...running, open: openHere });
        expect(complaints, 'errors on the pages').toEqual([]);
      } catch (error) {
        await keepPictures(running.browser, name);
        if (complaints.length > 0) console.error(`errors on the pages:\n${complaints.join('\n')}`);
        throw error;
      } finally {
        await Promise.all(running.browser.contexts().map((context) => context.close()));
      }
    });
}

function listen(page: Page, complaints: string[]): void {
  const complain = (text: string) => {
    if (!harmless.some((each) => each.test(text))) complaints.push(`${page.url()}: ${text}`);
  };
  page.on('pageerror', (error) => complain(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complain(message.text());
  });
}
