import { type Exchange, headerOf } from './exchange';

const MAX_TAGS = 20;
const MAX_LENGTH = 200;
/** Names that say who calls, and are no tags. */
const NOT_TAGS_OF_METADATA: ReadonlySet<string> = new Set(['user_id']);
const NOT_TAGS_OF_PORTKEY: ReadonlySet<string> = new Set(['_user']);

type Body = Readonly<Record<string, unknown>>;

export interface Attribution {
  user: string | null;
  session: string | null;
  tags: Record<string, string> | null;
  client: string | null;
}

/**
 * Who the call is for: the end user, the session and the tags. Our own headers come first, then what other gateways
 * and clients call the same (Helicone, Portkey, LiteLLM, OpenRouter, Open WebUI, Claude Code, Codex), then the body, so
 * that changing the base URL is enough. Bounded, never an error. Source: those projects' documentation, November 2026.
 */
export function readAttribution(exchange: Exchange, body: Body, keyTags: Record<string, string>): Attribution {
  const portkey = readJson(headerOf(exchange, 'x-portkey-metadata'));
  const metadata = isRecord(body.metadata) ? body.metadata : {};
  const claude = readClaudeUser(metadata.user_id);
  const header = (...names: string[]) => firstHeader(exchange, names);
  const tags = {
    ...textsOf(metadata, NOT_TAGS_OF_METADATA),
    ...appTags(header('http-referer'), header('x-title')),
    ...textsOf(portkey, NOT_TAGS_OF_PORTKEY),
    ...heliconeProperties(exchange),
    ...parseTags(header('x-litellm-tags')),
    ...keyTags,
    ...parseTags(header('x-fairlead-tags')),
  };
  return {
    user: bounded(header('x-fairlead-user', 'helicone-user-id', 'x-openwebui-user-email', 'x-openwebui-user-id') ?? textOf(portkey._user) ?? textOf(body.user) ?? textOf(body.safety_identifier) ?? claude.user),
    session: bounded(header('x-fairlead-session', 'helicone-session-id', 'x-claude-code-session-id', 'x-openwebui-chat-id', 'session_id', 'session-id') ?? claude.session),
    tags: boundedTags(tags),
    client: bounded(header('user-agent')),
  };
}

function firstHeader(exchange: Exchange, names: readonly string[]): string | null {
  for (const name of names) {
    const value = headerOf(exchange, name);
    if (value) return value;
  }
  return null;
}

/** `feature=search,team=growth`; a word without a value is a tag of its own. */
function parseTags(header: string | null): Record<string, string> {
  const tags: Record<string, string> = {};
  if (!header) return tags;
  for (const pair of header.split(',').slice(0, MAX_TAGS)) {
    const at = pair.indexOf('=');
    const name = (at === -1 ? pair : pair.slice(0, at)).trim();
    if (name) tags[name] = at === -1 ? '' : pair.slice(at + 1).trim();
  }
  return tags;
}

/** `Helicone-Property-Feature: search` */
function heliconeProperties(exchange: Exchange): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const name in exchange.headers) {
    if (name.startsWith('helicone-property-')) tags[name.slice('helicone-property-'.length)] = headerOf(exchange, name) ?? '';
  }
  return tags;
}

/** OpenRouter's names for the application that calls. */
function appTags(referer: string | null, title: string | null): Record<string, string> {
  return { ...(referer ? { referer } : null), ...(title ? { app: title } : null) };
}

/** Claude Code writes `user_…_account_…_session_…`, or the same as JSON; any other text is the user's own id. */
function readClaudeUser(id: unknown): { user: string | null; session: string | null } {
  if (typeof id !== 'string' || id === '') return { user: null, session: null };
  const told = id.startsWith('{') ? readJson(id) : {};
  if (textOf(told.session_id)) return { user: textOf(told.account_uuid) || textOf(told.device_id), session: textOf(told.session_id) };
  const at = id.lastIndexOf('_session_');
  return at === -1 ? { user: id, session: null } : { user: id.slice(0, at), session: id.slice(at + '_session_'.length) };
}

function readJson(text: string | null): Record<string, unknown> {
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsOf(from: Record<string, unknown>, except: ReadonlySet<string>): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const name in from) {
    const text = textOf(from[name]);
    if (text !== null && !except.has(name)) tags[name] = text;
  }
  return tags;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function boundedTags(tags: Record<string, string>): Record<string, string> | null {
  // Those named last are the most certain; the bound must not push them out.
  const kept = Object.entries(tags).slice(-MAX_TAGS).map(([name, value]) => [bounded(name), bounded(value) ?? ''] as const);
  return kept.length > 0 ? Object.fromEntries(kept.filter(([name]) => name)) : null;
}

function bounded(text: string | null): string | null {
  // Postgres refuses U+0000 in text, and a client must not be able to make its own row unwritable.
  return text ? text.replaceAll('\u0000', '').slice(0, MAX_LENGTH) : null;
}
