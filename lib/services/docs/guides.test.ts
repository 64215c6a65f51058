import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
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

  it('in Chinese has the commands, examples, fields and sections of the English one', () => {
    const folder = path.join(process.cwd(), 'docs/guides');
    const translated = readdirSync(path.join(folder, 'zh-CN'));
    expect(translated).toContain('command-line.md');
    for (const file of translated) {
      const [english, chinese] = [folder, path.join(folder, 'zh-CN')].map((from) => readFileSync(path.join(from, file), 'utf8'));
      // Comments inside an example are prose.
      const examples = (text = '') => [...text.matchAll(/```[^\n]*\n([\s\S]*?)```/g)].map(([, code = '']) => code.replace(/\s*#.*$/gm, '').trim());
      expect(examples(chinese), file).toEqual(examples(english));
      const named = (text = '') => [...text.matchAll(/^\| (`(?:\\\||[^|])*) \|/gm)].map(([, cell = '']) => cell.match(/`[^`]+`/g));
      expect(named(chinese), file).toEqual(named(english));
      expect(chinese?.match(/^##? /gm)?.length, file).toBe(english?.match(/^##? /gm)?.length);
    }
  });

  it('every guide is there in Chinese too, in the same order, and is found by Chinese words', async () => {
    const [guides, english] = [await listGuides('zh-CN'), await listGuides()];
    expect(guides.map(({ slug }) => slug)).toEqual(english.map(({ slug }) => slug));
    for (const { slug } of guides) expect((await findGuide(slug, 'zh-CN'))?.language, slug).toBe('zh-CN');
    expect(await findGuide('command-line', 'zh-CN')).toMatchObject({ title: '命令行', language: 'zh-CN' });
    expect((await searchGuides('备份', 'zh-CN')).map(({ slug }) => slug)).toContain('command-line');
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
