import { readdirSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../app/(console)/[org]');

/** Pages that a list of addresses cannot hold, and why. */
const EXCLUDED: Record<string, string> = {
  '/keys/[id]': 'needs a key of its own; pages.spec.ts opens one',
  '/models/[...slug]': 'needs a model; pages.spec.ts opens one, and an alias',
  '/logs/[id]': 'needs a request of its own; pages.spec.ts opens some',
  '/settings': 'leads on to /settings/general',
  '/settings/billing/invoices/[id]': 'needs an invoice of its own',
};

/** The pages of an organization as the app folder has them, below its own address: a new page is among them at once. */
export const ORG_PAGES: readonly string[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'page.tsx')
  .map((file) =>
    path
      .dirname(file)
      .split(path.sep)
      .filter((part) => part !== '.' && !part.startsWith('('))
      .map((part) => `/${part}`)
      .join(''),
  )
  .filter((route) => !(route in EXCLUDED))
  .sort();
