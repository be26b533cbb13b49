import { expect } from 'vitest';
import { settled, visit } from '../harness/browser';
import { journeysOn } from '../harness/journey';
import { demo } from '../harness/product';

const journey = journeysOn('demo');

journey('with the keyboard one lands on the heading of the page that one opens', async ({ open }) => {
  const page = await open({ as: demo.designer });
  await visit(page, '/plans');
  const focused = () =>
    page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`);
  await page.getByRole('link', { name: '目标值' }).press('Enter');
  await page.waitForURL(/\/targets/);
  await settled(page);
  expect(await focused()).toMatch(/^H1 目标值/);
  await page.getByRole('link', { name: '指标', exact: true }).press('Enter');
  await page.waitForURL(/\/metrics/);
  await settled(page);
  expect(await focused()).toMatch(/^H1 指标/);
});

journey('a plan that is being written is still there after a reload, until it is discarded', async ({ open }) => {
  const page = await open({ as: demo.designer });
  await visit(page, '/plans/every-10-customers/edit');
  await page.getByLabel('多少', { exact: true }).fill('12');
  await page.reload();
  await settled(page);
  await page.getByText('已恢复上次没保存的修改。').waitFor();
  expect(await page.getByLabel('多少', { exact: true }).inputValue()).toBe('12');
  await page.getByRole('button', { name: /丢\s?弃/ }).click();
  expect(await page.getByLabel('多少', { exact: true }).inputValue()).toBe('10');
  await page.reload();
  await settled(page);
  expect(await page.getByText('已恢复上次没保存的修改。').count()).toBe(0);
  expect(await page.getByLabel('多少', { exact: true }).inputValue()).toBe('10');
});
