import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'vitest';
import { desktop, phone, visit } from '../harness/browser';
import { Client } from '../harness/client';
import { journeysOn } from '../harness/journey';
import { demo } from '../harness/product';
import { addressOf, pagesToSee } from '../shots/pages';

const journey = journeysOn('demo');

const views = [
  { theme: 'light', language: 'zh', size: desktop },
  { theme: 'dark', language: 'en', size: desktop },
  { theme: 'light', language: 'zh', size: phone },
] as const;

/** WCAG 2.2 AA, and what axe counts as good practice. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const view of views) {
  journey(
    `axe finds nothing serious: ${view.theme}, ${view.language}, ${view.size.width} px`,
    async ({ product, open }) => {
      const client = await Client.signIn(product, demo.admin);
      const found: string[] = [];
      for (const as of new Set(pagesToSee.map((each) => each.as))) {
        const page = await open({ ...view, as: as ?? undefined });
        for (const each of pagesToSee.filter((one) => one.as === as && !one.act)) {
          const address = await addressOf(each, client);
          await visit(page, address);
          const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
          for (const { id, impact, nodes } of violations) {
            if (impact !== 'serious' && impact !== 'critical') continue;
            for (const { target, html, failureSummary } of nodes)
              found.push(
                `${each.name} (${address}): ${id} (${impact}) at ${target.join(' ')}\n${html}\n${failureSummary}`,
              );
          }
        }
      }
      expect(found).toEqual([]);
    },
  );
}
