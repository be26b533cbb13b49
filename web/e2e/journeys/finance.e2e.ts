import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'vitest';
import { desktop, phone, visit } from '../harness/browser';
import { journeysOn } from '../harness/journey';
import { demo } from '../harness/product';

const journey = journeysOn('demo');

const words = {
  zh: {
    import: '导入',
    check: /检 ?查/,
    load: '导入 2 个',
    now: '1 USD =',
    department: '按部门',
    sales: '销售部',
    proof: '核对',
    closing: '关账',
    statements: '对账单',
  },
  en: {
    import: 'Import',
    check: 'Check',
    load: 'Import 2',
    now: '1 USD =',
    department: 'By department',
    sales: 'Sales',
    proof: 'Proof',
    closing: 'Closing',
    statements: 'Statements',
  },
};

for (const [language, size] of [
  ['zh', desktop],
  ['en', phone],
] as const) {
  journey(
    `finance pastes rates, reads the accrual and looks at what is closed and proved: ${language}, ${size.width} px`,
    async ({ open }) => {
      const say = words[language];
      const day = language === 'zh' ? '2099-01-01' : '2099-02-01'; // never past, and one each: both share a company
      const page = await open({ as: demo.finance, language, size });
      await visit(page, '/rates');
      await page.getByRole('button', { name: say.import, exact: true }).click();
      const table = page.getByRole('dialog');
      await table.getByRole('textbox').fill(`currency,from,rate\nUSD,${day},7.1\nEUR,${day},8`);
      await table.getByRole('button', { name: say.check }).click();
      await table.getByRole('button', { name: say.load }).click();
      await page.locator('summary').filter({ hasText: say.now }).click();
      await page.getByRole('cell', { name: '7.1 CNY' }).first().waitFor();
      const serious: string[] = [];
      const look = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { id, impact, nodes } of violations)
          if (impact === 'serious' || impact === 'critical')
            serious.push(`${page.url()}: ${id}: ${nodes[0]?.html.slice(0, 160)}`);
      };
      await look();
      await visit(page, '/accrual');
      await page.getByText(say.department, { exact: true }).click();
      await page.getByRole('cell', { name: say.sales, exact: true }).waitFor();
      await look();
      for (const [path, title] of [
        ['/proof', say.proof],
        ['/closing', say.closing],
        ['/statements', say.statements],
      ] as const) {
        await visit(page, path);
        await page.getByRole('heading', { level: 1, name: title }).waitFor();
        await look();
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide, 'nothing is wider than the screen').toBeLessThanOrEqual(0);
      expect(serious).toEqual([]);
    },
  );
}
