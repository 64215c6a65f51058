import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
export const fingerprintFile = path.join(root, 'dist', 'fingerprint');

/** What the build does not read: dependencies (the lockfile stands for them), its own output, tests, prose. */
const SKIPPED = new Set([
  'node_modules',
  'dist',
  'e2e',
  'bench',
  'decisions',
  'test-results',
  'playwright-report',
  'screenshots',
  'generated',
  '__fixtures__',
  'next-env.d.ts',
]);
const SKIPPED_NAMES = /^\.|\.test\.tsx?$|\.tsbuildinfo$|\.log$/;
const SCRIPTS_THAT_BUILD = new Set(['build.mjs', 'fingerprint.mjs']);

/** One hash over everything the build depends on: sources, configuration, lockfile, Node's version. */
export function fingerprint() {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\n`);
  for (const file of listFiles(''))
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

export function isBuildFresh() {
  try {
    return readFileSync(fingerprintFile, 'utf8') === fingerprint();
  } catch {
    return false;
  }
}

function listFiles(folder) {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (SKIPPED.has(entry.name) || SKIPPED_NAMES.test(entry.name)) return [];
    if (entry.isDirectory()) return listFiles(name);
    if (!entry.isFile() || (folder === 'scripts' && !SCRIPTS_THAT_BUILD.has(entry.name)) || (folder === '' && entry.name.endsWith('.md'))) return [];
    return [name];
  });
}
