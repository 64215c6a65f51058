import { FairleadError } from '@/lib/kernel/errors';
import { isObject, type JsonObject, type Surface, type WireCall } from '@/lib/wire/call';
import type { EncodedRequest, EncodeTarget, Quirks } from '../../contract';
import { Notes } from '../translation/notes';
import { refuseUnkept, sayEffort, stripMessages } from './honour';
import { renameModelField } from './multipart';

const PATHS: Partial<Record<Surface, string>> = {
  chat: '/chat/completions',
  completions: '/completions',
  embeddings: '/embeddings',
  images: '/images/generations',
  speech: '/audio/speech',
  transcriptions: '/audio/transcriptions',
  moderations: '/moderations',
  rerank: '/rerank',
};

/** What an adapter of this family serves unless it says otherwise: each with the models whose kind is made for it. */
export const SURFACES = Object.keys(PATHS) as readonly Surface[];

/** The surfaces whose bodies take the fields of a generated text: streams, limits, roles. */
const TEXT: ReadonlySet<Surface> = new Set(['chat', 'completions']);

const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json' };
const SPEECH_HEADERS = { 'content-type': 'application/json', accept: '*/*' };
const STREAM_HEADERS = { 'content-type': 'application/json', accept: 'text/event-stream' };

/**
 * The client's own body with the upstream's model name. Fields we do not know pass untouched; the provider's
 * quirks rename or remove only what it would refuse, and say so. Throws `unsupported_parameter` for what the
 * provider is known to answer otherwise than asked.
 */
export function encode(call: WireCall, target: EncodeTarget): EncodedRequest {
  const path = target.quirks.paths?.[call.surface] ?? PATHS[call.surface];
  if (path === undefined) throw new FairleadError('unsupported_endpoint', `This provider does not serve ${call.surface}.`);
  const { quirks } = target;
  if (call.upload) {
    const { bytes, contentType } = call.upload;
    return { path, headers: { 'content-type': contentType, accept: '*/*' }, body: renameModelField(bytes, contentType, target.upstreamModel) };
  }
  const body: JsonObject = { ...call.body, model: target.upstreamModel };
  const notes = new Notes('the provider');
  if (TEXT.has(call.surface)) {
    refuseUnkept(body, quirks, target.upstreamModel, notes);
    if (quirks.noDeveloperRole) body.messages = withoutDeveloperRole(body.messages);
    if (quirks.stripMessages) body.messages = stripMessages(body.messages, quirks.stripMessages, notes);
    applyDefaults(body, quirks.defaults);
    askUsage(body, call.stream, quirks);
    sayEffort(body, quirks, target.upstreamModel, notes);
    applyNames(body, quirks, target.upstreamModel, notes);
    if (target.outputLimit !== undefined) limitOutput(body, target.outputLimit, quirks, call.surface);
  }
  const headers = call.surface === 'speech' ? SPEECH_HEADERS : call.stream ? STREAM_HEADERS : JSON_HEADERS;
  return { path, headers: { ...headers }, body: JSON.stringify(body), ...(notes.list.length === 0 ? null : { notes: notes.list }) };
}

function askUsage(body: JsonObject, stream: boolean, quirks: Quirks): void {
  const mode = quirks.streamUsage ?? 'ask';
  if (mode !== 'ask') delete body.stream_options;
  else if (stream) body.stream_options = { ...(isObject(body.stream_options) ? body.stream_options : null), include_usage: true };
}

function applyDefaults(body: JsonObject, defaults: Quirks['defaults']): void {
  for (const field in defaults) body[field] ??= defaults[field];
}

function applyNames(body: JsonObject, quirks: Quirks, upstreamModel: string, notes: Notes): void {
  rename(body, quirks.rename);
  strip(body, quirks.strip, notes);
  for (const rule of quirks.models ?? []) {
    if (!rule.match.test(upstreamModel)) continue;
    rename(body, rule.rename);
    strip(body, rule.strip, notes);
  }
  for (const [field, names] of Object.entries(quirks.values ?? {})) {
    const value = body[field];
    const renamed = typeof value === 'string' ? names[value] : undefined;
    if (renamed !== undefined) body[field] = renamed;
  }
}

function rename(body: JsonObject, names: Record<string, string> | undefined): void {
  for (const [from, to] of Object.entries(names ?? {})) {
    const value = body[from];
    if (value === undefined) continue;
    const present = body[to];
    // Two limits under both names: the smaller one is the one the client may be charged for.
    if (present === undefined || present === null) body[to] = value;
    else if (typeof present === 'number' && typeof value === 'number') body[to] = Math.min(present, value);
    delete body[from];
  }
}

function strip(body: JsonObject, fields: readonly string[] | undefined, notes: Notes): void {
  for (const field of fields ?? []) {
    if (!(field in body)) continue;
    if (body[field] !== null) notes.add(field, 'removed');
    delete body[field];
  }
}

/** Lowers the client's limit, or sets one under the name this provider takes. */
function limitOutput(body: JsonObject, limit: number, quirks: Quirks, surface: Surface): void {
  const field = limitField(body, quirks, surface);
  const own = body[field];
  body[field] = typeof own === 'number' ? Math.min(own, limit) : limit;
}

function limitField(body: JsonObject, quirks: Quirks, surface: Surface): string {
  if (surface === 'completions') return 'max_tokens';
  const renamedTo = quirks.rename?.max_tokens ?? quirks.rename?.max_completion_tokens;
  if (renamedTo !== undefined) return renamedTo;
  return typeof body.max_completion_tokens === 'number' ? 'max_completion_tokens' : 'max_tokens';
}

function withoutDeveloperRole(messages: unknown): unknown {
  if (!Array.isArray(messages) || !messages.some((message) => isObject(message) && message.role === 'developer')) return messages;
  return messages.map((message) => (isObject(message) && message.role === 'developer' ? { ...message, role: 'system' } : message));
}
