import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(process.cwd(), 'lib/providers/__fixtures__');

export interface Fixture {
  bytes: Buffer;
  status: number;
  contentType: string;
  headers: Record<string, string>;
}

export interface ManifestEntry {
  file: string;
  provider: string;
  kind: 'stream' | 'nonstream' | 'error';
  status: number;
  contentType: string;
  headers?: Record<string, string>;
  /** Written by us where no recording was at hand. */
  synthetic?: boolean;
  expect: {
    text?: string;
    reasoning?: string;
    partialText?: string;
    usage?: { input: number; cacheRead: number; cacheWrite: number; output: number; reasoning: number | null } | null;
    finish?: string;
    class?: string;
    error?: { class: string };
    comments?: number;
  };
}

let manifest: ManifestEntry[] | null = null;

/** Every recorded answer, with what it is expected to mean. */
export function readManifest(): ManifestEntry[] {
  manifest ??= (JSON.parse(readFileSync(path.join(FOLDER, 'manifest.json'), 'utf8')) as { files: ManifestEntry[] }).files;
  return manifest;
}

export function readFixture(file: string): Fixture {
  const entry = readManifest().find((known) => known.file === file);
  if (!entry) throw new Error(`no fixture is called ${file}`);
  return { bytes: readFileSync(path.join(FOLDER, file)), status: entry.status, contentType: entry.contentType, headers: entry.headers ?? {} };
}

/** The recording for a path prefix such as `openai`: by its own name ("error-429"), else the provider's plain stream or whole answer. */
export function findFixture(prefix: string, model: string, stream: boolean): string | null {
  const kind = stream ? 'stream.txt' : 'nonstream.json';
  for (const name of [`${prefix}.${model}.json`, `${prefix}.${model}.txt`, `${prefix}.${model}.html`, `${prefix}.${kind}`]) {
    if (/^[\w.-]+$/.test(name) && existsSync(path.join(FOLDER, name))) return name;
  }
  return null;
}
