import type { Page } from '@playwright/test';
import axe from 'axe-core';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** `colors`: what another theme alone can break. */
export type Rules = 'all' | 'colors';

/** What axe objects to on the page as it stands: the rule and the elements, one line each. */
export async function findViolations(page: Page, rules: Rules = 'all'): Promise<string[]> {
  // axe is half a megabyte of script: once for a page is enough, however often it is asked.
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ({ rules, standards }) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const chosen =
        rules === 'all' ? standards : axe.getRules(['cat.color']).flatMap(({ ruleId, tags }) => (tags.some((tag) => standards.includes(tag)) ? ruleId : []));
      const { violations } = await axe.run(document, { runOnly: { type: rules === 'all' ? 'tag' : 'rule', values: chosen }, resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html.slice(0, 200)).join(' and ')}`);
    },
    { rules, standards: STANDARDS },
  );
}
