import type { Locator, Page } from 'playwright-core';

/** Long lists draw only the options in sight, so a choice may need this many turns of the wheel. */
const maxTurns = 40;

/** Opens a select that has this label and clicks one of its options. */
export async function choose(page: Page, select: Locator, option: string): Promise<void> {
  await select.click();
  const list = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
  const wanted = list.locator('.ant-select-item-option').filter({ hasText: option }).first();
  await list.locator('.ant-select-item').first().waitFor();
  for (let turn = 0; turn < maxTurns && (await wanted.count()) === 0; turn++) {
    await list.hover();
    await page.mouse.wheel(0, 100);
    await page.waitForTimeout(50);
  }
  await wanted.click();
  await list.waitFor({ state: 'hidden' });
}

/** Types a day into a date picker. */
export async function pickDay(picker: Locator, day: string): Promise<void> {
  await picker.click();
  await picker.fill(day);
  // Tab takes the typed day as Enter does, and does not also send the form around it.
  await picker.press('Tab');
}

/** The cell of a grid by the place of its row, from 0, and its field's place, from 0. */
export function cell(page: Page, row: number, column: number): Locator {
  return page.locator(`[role="gridcell"][data-row="${row}"][data-column="${column}"]`);
}

/** Marks a window, so that a journey can tell whether it was loaded again. */
export async function markUnloaded(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => {
    (window as { laurelStays?: boolean }).laurelStays = true;
  });
  return () => page.evaluate(() => (window as { laurelStays?: boolean }).laurelStays === true);
}
