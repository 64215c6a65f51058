import { describe, expect, it } from 'vitest';
import { findGuide, listGuides, renderGuide, searchGuides } from './guides';

describe('the guides in the console', () => {
  it('every guide has a title and a page with one h1', async () => {
    const guides = await listGuides();
    expect(guides.map(({ slug }) => slug)).toContain('configuration');
    for (const { slug } of guides) expect((await findGuide(slug))?.html.match(/<h1/g), slug).toHaveLength(1);
  });

  it('every link to another guide leads to a page', async () => {
    const slugs = new Set((await listGuides()).map(({ slug }) => slug));
    for (const slug of slugs) {
      const links = [...((await findGuide(slug))?.html ?? '').matchAll(/href="\/docs\/([a-z0-9-]+)/g)].map((match) => match[1] ?? '');
      expect(links.filter((link) => !slugs.has(link) && !['api', 'errors'].includes(link)), slug).toEqual([]);
    }
  });

  it('is found by the words of a line', async () => {
    expect((await searchGuides('prune demo')).map(({ slug }) => slug)).toContain('configuration');
    expect(await searchGuides('  ')).toEqual([]);
    expect(await searchGuides('xyzzy')).toEqual([]);
  });

  it('shows raw HTML as text and drops links that are none', () => {
    const html = renderGuide('# T\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) `<b>`');
    expect(html).not.toMatch(/<script|javascript:|<b>/);
    expect(html).toContain('&lt;script&gt;');
  });
});
