import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { compileMessages } from './compile-messages';
import type { Locale } from './locales';

export type Messages = Record<string, Record<string, unknown>>;

/** Long enough to cost nothing, short enough that an edited text shows up at the next reload. */
const KEEP_MS = 3_000;
const cache = new Map<Locale, { readAt: number; messages: Promise<Messages>; compiled?: Promise<Messages> }>();

/** The same, taken apart for pages: what they format with does not parse. */
export async function loadCompiledMessages(locale: Locale): Promise<Messages> {
  const messages = await loadMessages(locale);
  const kept = cache.get(locale);
  if (!kept) return compileMessages(messages);
  kept.compiled ??= kept.messages.then(compileMessages);
  return kept.compiled;
}

/** Every file `messages/<locale>/<namespace>.json` is one namespace: a feature adds its texts by adding its file. */
export function loadMessages(locale: Locale): Promise<Messages> {
  const kept = cache.get(locale);
  if (kept && Date.now() - kept.readAt < KEEP_MS) return kept.messages;
  const messages = readMessages(locale);
  cache.set(locale, { readAt: Date.now(), messages });
  return messages;
}

async function readMessages(locale: Locale): Promise<Messages> {
  const folder = path.join(process.cwd(), 'messages', locale);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const entries = await Promise.all(
    files.map(async (file) => [path.basename(file, '.json'), JSON.parse(await readFile(path.join(folder, file), 'utf8'))] as const),
  );
  return Object.fromEntries(entries);
}
