import { readdirSync } from 'node:fs';
import path from 'node:path';

const app = path.resolve(import.meta.dirname, '../app');

/** The folders of the app that hold pages, by who sees them. */
export type Audience = 'site' | 'auth' | 'console' | 'operator' | 'setup';

/** Pages that lead on to another at once. */
const REDIRECTS = ['/[org]/settings', '/account'];

/** Guides of the documentation: the page is one, its texts are many. */
const GUIDES = readdirSync(path.join(app, '../docs/guides'))
  .filter((file) => file.endsWith('.md'))
  .map((file) => path.basename(file, '.md'));

/** What to put for a parameter so that the page exists on a new installation; a link that is used up is a page, too. */
const EXAMPLES: Record<string, readonly string[]> = {
  '/docs/[slug]': GUIDES,
  '/invite/[token]': ['none'],
  '/reset/[token]': ['none'],
  '/verify/[token]': ['none'],
  '/[org]/models/[...slug]': ['fast-chat', 'demo/echo'],
  '/admin/aliases/[...name]': ['fast-chat'],
  '/admin/models/[...id]': ['demo/echo'],
  '/admin/plans/[id]': ['free'],
  '/admin/providers/[id]': ['demo'],
};

export interface Place {
  /** The organization's path, such as `/org-1`. */
  home: string;
  /** Requests to open at `/logs/[id]`, as they stand in the address: an id, perhaps a tab. */
  requests?: readonly string[];
  /** Keys to open at `/keys/[id]`. */
  keys?: readonly string[];
  /** Invoices to open. */
  invoices?: readonly string[];
}

/**
 * The addresses of every page of these audiences, as the app folder has them: a new page is among them at once, and one
 * with a parameter that nobody gave an example for fails whoever asks.
 */
export function pagesOf(audiences: readonly Audience[], { home, requests = [], keys = [], invoices = [] }: Place = { home: '' }): string[] {
  const own: Record<string, readonly string[]> = {
    '/[org]/logs/[id]': requests,
    '/[org]/keys/[id]': keys,
    '/[org]/settings/billing/invoices/[id]': invoices,
    '/admin/tenants/[slug]': home ? [home.slice(1)] : [],
  };
  return audiences
    .flatMap(routesIn)
    .filter((route) => !REDIRECTS.includes(route))
    .flatMap((route) => {
      const examples = own[route] ?? EXAMPLES[route];
      return examples ? examples.map((example) => route.replace(/\[[^[]+\]$/, example)) : [route];
    })
    .map((route) => route.replace('/[org]', home))
    .map((route) => {
      if (route.includes('[')) throw new Error(`${route} has a parameter: give it an example in e2e/routes.ts`);
      return route;
    });
}

function routesIn(audience: Audience): string[] {
  return readdirSync(path.join(app, `(${audience})`), { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => {
      const parts = path.dirname(file).split(path.sep);
      return `/${parts.filter((part) => part !== '.' && !part.startsWith('(')).join('/')}`;
    })
    .sort();
}
