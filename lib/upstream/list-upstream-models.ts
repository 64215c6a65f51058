import { request } from 'undici';
import { isFairleadError } from '@/lib/kernel/errors';
import type { Adapter } from '@/lib/providers/contract';
import { findDialect } from '@/lib/providers/registry';
import type { UpstreamPools } from './pools';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_MODELS = 2_000;

/** What a provider said when it was asked for its models with a credential. */
export type ConnectionTest =
  | {
      ok: true;
      latencyMs: number;
      /** Names the provider knows its models by, sorted. Null: it has no list, so the credential itself is not proven. */
      models: string[] | null;
    }
  | { ok: false; latencyMs: number; reason: 'credential' | 'address' | 'timeout' | 'provider'; status: number | null; message: string };

/**
 * Asks a provider for the models that a credential opens: the cheapest call that proves address and credential, and it
 * is never billed. Never throws. The answer's text is cut and the secret never stands in it.
 */
export async function listUpstreamModels(pools: UpstreamPools, target: { adapter: Adapter; baseUrl: string; secret: string }): Promise<ConnectionTest> {
  const startedAt = performance.now();
  const fail = (reason: Extract<ConnectionTest, { ok: false }>['reason'], message: string, status: number | null = null): ConnectionTest => ({
    ok: false,
    latencyMs: Math.round(performance.now() - startedAt),
    reason,
    status,
    message: clean(message, target.secret),
  });
  try {
    const { adapter } = target;
    const path = adapter.dialect === 'gemini' && adapter.quirks?.modelsPath ? adapter.quirks.modelsPath : LIST_PATHS[adapter.dialect];
    const url = new URL(target.baseUrl + path);
    const { statusCode, headers, body } = await request(url, {
      dispatcher: pools.for(url.origin, 5_000),
      headers: { accept: 'application/json', ...VERSION_HEADERS[target.adapter.dialect], ...target.adapter.authorize(target.secret) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await readText(body);
    const latencyMs = Math.round(performance.now() - startedAt);
    if (statusCode === 404 || statusCode === 405) return { ok: true, latencyMs, models: null };
    if (statusCode !== 200) {
      // Some say a wrong key with 400 (Gemini, xAI); the dialect knows.
      const { kind } = findDialect(adapter.dialect).fault(statusCode, headers, Buffer.from(text), adapter.quirks ?? {});
      return fail(statusCode === 401 || statusCode === 403 || kind === 'auth' ? 'credential' : 'provider', text, statusCode);
    }
    const models = readNames(text);
    return models ? { ok: true, latencyMs, models } : fail('address', 'The address answered, but not with a list of models.', statusCode);
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') return fail('timeout', `No answer within ${TIMEOUT_MS / 1_000} s.`);
    const cause = (error as { cause?: Error }).cause;
    return fail('address', isFairleadError(error) ? error.message : (cause ?? (error as Error)).message);
  }
}

const LIST_PATHS: Record<Adapter['dialect'], string> = {
  'openai-chat': '/models',
  'openai-responses': '/models',
  'anthropic-messages': '/v1/models?limit=1000',
  gemini: '/v1beta/models?pageSize=1000',
};

const VERSION_HEADERS: Partial<Record<Adapter['dialect'], Record<string, string>>> = { 'anthropic-messages': { 'anthropic-version': '2023-06-01' } };

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > MAX_BYTES) throw new Error('The list of models is too long.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** `{data: [{id}]}` as most write it, `{models: [{name}]}` as Gemini does, or a bare list. */
function readNames(text: string): string[] | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const { data, models } = (json ?? {}) as { data?: unknown; models?: unknown };
  const list = Array.isArray(json) ? json : Array.isArray(data) ? data : Array.isArray(models) ? models : null;
  if (!list) return null;
  const names = list.map((entry) => (entry as { id?: unknown; name?: unknown } | null)?.id ?? (entry as { name?: unknown } | null)?.name);
  return [...new Set(names.filter((name): name is string => typeof name === 'string' && name !== '').map((name) => name.replace(/^models\//, '')))].sort().slice(0, MAX_MODELS);
}

/** The provider's own words: its error message where it has one, without the secret, at most 300 characters. */
function clean(text: string, secret: string): string {
  let message = text;
  try {
    const { error, message: plain } = JSON.parse(text) as { error?: { message?: string } | string; message?: string };
    message = (typeof error === 'string' ? error : error?.message) ?? plain ?? text;
  } catch {
    // Not JSON: the text itself is the message.
  }
  const safe = secret.length >= 6 ? message.replaceAll(secret, '…') : message;
  return safe.replace(/\s+/g, ' ').trim().slice(0, 300);
}
