import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLIENT_NAMESPACES, type PageGroup } from './client-messages';

const root = path.resolve(import.meta.dirname, '..');

/** Where the pages of each group begin. The root's own is what stands around every page. */
const FOLDERS: Record<PageGroup, string[]> = {
  root: ['app/layout.tsx', 'app/error.tsx', 'app/not-found.tsx'],
  site: filesIn('app/(site)'),
  auth: filesIn('app/(auth)'),
  console: filesIn('app/(console)'),
  operator: filesIn('app/(operator)'),
  setup: filesIn('app/(setup)'),
};

describe('texts that pages send to the browser', () => {
  it.each(Object.keys(FOLDERS) as PageGroup[])('%s: exactly those that its client components read', (group) => {
    const everywhere = group === 'root' ? [] : CLIENT_NAMESPACES.root;
    const read = namespacesOf(FOLDERS[group]).filter((namespace) => !(everywhere as readonly string[]).includes(namespace));
    expect(CLIENT_NAMESPACES[group]).toEqual(read);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
    .map((file) => path.join(folder, file));
}

/** The namespaces of all modules that run in the browser: those with `'use client'` and whatever they import. */
function namespacesOf(entries: readonly string[]): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string, isOnClient: boolean): void => {
    const text = readFileSync(path.join(root, file), 'utf8');
    if (/^'use server'/.test(text)) return;
    const runs = isOnClient || /^'use client'/.test(text);
    const key = `${runs} ${file}`;
    if (seen.has(key)) return;
    seen.add(key);
    if (runs) for (const [, namespace = ''] of text.matchAll(/useTranslations\('([^'.]+)/g)) found.add(namespace);
    for (const [, from = ''] of text.matchAll(/(?:^(?:import|export)\s(?!type\b)[^;]*?\bfrom\s|\bimport\()'([^']+)'/gm)) {
      const target = resolve(from, file);
      if (target) visit(target, runs);
    }
  };
  for (const entry of entries) visit(entry, false);
  return [...found].sort();
}

/** A file of ours that an import means; null for a package. */
function resolve(from: string, importer: string): string | null {
  if (!/^(@\/|\.)/.test(from)) return null;
  const base = from.startsWith('@/') ? from.slice(2) : path.join(path.dirname(importer), from);
  return [`${base}.ts`, `${base}.tsx`, `${base}/index.ts`].find((file) => existsSync(path.join(root, file))) ?? null;
}
