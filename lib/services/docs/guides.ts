import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Marked } from 'marked';

/** A guide that has no text in a reader's language is shown in English. */
export type GuideLanguage = 'en' | 'zh-CN';

export interface GuideLink {
  slug: string;
  title: string;
}

export interface Guide extends GuideLink {
  /** HTML made from our own Markdown; raw HTML in it is shown as text. */
  html: string;
  /** The language that its text is in. */
  language: GuideLanguage;
}

export interface GuideHit extends GuideLink {
  /** The line that matched, as text. */
  line: string;
}

const folder = (): string => path.join(process.cwd(), 'docs', 'guides');

/** Every guide, in the order of its English title. */
export async function listGuides(language = 'en'): Promise<GuideLink[]> {
  return (await readAll(language)).map(({ slug, title }) => ({ slug, title }));
}

/** One guide as HTML, or null when there is none of that name. */
export async function findGuide(slug: string, language = 'en'): Promise<Guide | null> {
  const found = (await readAll(language)).find((guide) => guide.slug === slug);
  return found ? { slug, title: found.title, html: renderGuide(found.text), language: found.language } : null;
}

/** Guides with a line that holds every word of the query, in their order; one line of each. */
export async function searchGuides(query: string, language = 'en'): Promise<GuideHit[]> {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);
  if (words.length === 0) return [];
  const guides = await readAll(language);
  return guides.flatMap(({ slug, title, text }) => {
    const line = text.split('\n').find((candidate) => words.every((word) => candidate.toLowerCase().includes(word)));
    return line === undefined ? [] : [{ slug, title, line: line.replace(/[#*`|]/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 200) }];
  });
}

/** Markdown as HTML: links between guides lead to their pages, headings can be linked to. */
export function renderGuide(text: string): string {
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      html: ({ text: raw }) => escapeHtml(raw),
      heading({ tokens, depth, text: plain }) {
        const id = plain.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      tablecell({ tokens, header, align, text: plain }) {
        // A heading without words heads nothing: the corner of a table is an ordinary cell.
        const tag = header && plain.trim() !== '' ? 'th' : 'td';
        return `<${tag}${align ? ` align="${align}"` : ''}>${this.parser.parseInline(tokens)}</${tag}>\n`;
      },
      link({ href, tokens }) {
        const label = this.parser.parseInline(tokens);
        const to = guideHref(href);
        return to === null ? label : `<a href="${escapeHtml(to)}">${label}</a>`;
      },
      // A wide table or block scrolls by itself, and with the keyboard too.
      code: ({ text: code }) => `<pre tabindex="0"><code>${escapeHtml(code)}</code></pre>\n`,
    },
  });
  return marked.parse(text, { async: false });
}

/** Guides link to each other by file name; what leads elsewhere in the repository has no page here. */
function guideHref(href: string): string | null {
  const guide = /^(?:\.\/)?([a-z0-9-]+)\.md(#[\w-]+)?$/.exec(href);
  if (guide) return `/docs/${guide[1]}${guide[2] ?? ''}`;
  return /^(https?:\/\/|\/|#)/.test(href) ? href : null;
}

interface GuideFile extends GuideLink {
  text: string;
  language: GuideLanguage;
}

async function readAll(language: string): Promise<GuideFile[]> {
  const english = await readFolder(folder(), 'en');
  if (language !== 'zh-CN') return english;
  const own = new Map((await readFolder(path.join(folder(), language), language)).map((guide) => [guide.slug, guide]));
  return english.map((guide) => own.get(guide.slug) ?? guide);
}

async function readFolder(from: string, language: GuideLanguage): Promise<GuideFile[]> {
  const files = (await readdir(from)).filter((file) => file.endsWith('.md'));
  const guides = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(from, file), 'utf8');
      const slug = file.replace(/\.md$/, '');
      return { slug, title: /^# (.+)$/m.exec(text)?.[1] ?? slug, text, language };
    }),
  );
  return guides.sort((a, b) => (a.title < b.title ? -1 : 1));
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
