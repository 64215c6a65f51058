import { FairleadError } from '@/lib/kernel/errors';
import { parseCountTokens } from '@/lib/surfaces';
import { inputBoundOf } from '@/lib/wire';
import { applyPreset } from './apply-preset';
import { readAttribution } from './attribution';
import { type GatewayDeps, MAX_BODY_BYTES } from './deps';
import { dispatch } from './dispatch';
import type { Exchange } from './exchange';
import { admit } from './stages/admit';
import { authenticate } from './stages/authenticate';
import { authorize } from './stages/authorize';
import { receive } from './stages/receive';
import type { Candidate, Permitted } from './types';

const BYTES_PER_TOKEN = 4;
const MAX_WAIT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * `POST /v1/messages/count_tokens`: exact where the first target counts for us, else estimated from the bytes; which of
 * the two is told in `x-fairlead-token-count`. Costs nothing and leaves no row, but counts against the key's requests.
 */
export async function countTokens(deps: GatewayDeps, exchange: Exchange): Promise<{ json: unknown; headers: Record<string, string> }> {
  if (deps.draining()) throw new FairleadError('draining', undefined, { retryAfterS: 2 });
  const identified = await authenticate(deps, receive(deps, exchange, 'messages'));
  const bodyBytes = await exchange.readBody(MAX_BODY_BYTES);
  const sent = { ...parseCountTokens(bodyBytes), headers: exchange.headers };
  const preset = await applyPreset(deps, identified, sent);
  const call = preset?.call ?? sent;
  const called = { ...identified, call, bodyBytes, preset: preset && { name: preset.name, loggedBytes: bodyBytes }, requestedModel: String(call.body.model), attribution: readAttribution(exchange, call.body, identified.caller.key.tags) };
  const permitted = authorize(deps, called);
  const { slot } = await admit(deps, permitted);
  try {
    const counted = await askProvider(deps, permitted);
    const tokens = counted ?? Math.ceil(inputBoundOf(permitted.candidates[0].carried.call) / BYTES_PER_TOKEN);
    return { json: { input_tokens: tokens }, headers: { 'x-fairlead-token-count': counted === null ? 'estimated' : 'provider' } };
  } finally {
    slot.release(0);
  }
}

/** The provider's own count, or null where it has none or does not answer. */
function askProvider(deps: GatewayDeps, { candidates, call }: Permitted): Promise<number | null> {
  const [candidate] = candidates;
  const { provider, upstreamModel } = candidate.model;
  if (!candidate.carried.native || provider.demo) return Promise.resolve(null);
  const encoded = provider.dialect.encode({ ...call, surface: 'messages', countTokens: true }, { upstreamModel, quirks: provider.adapter.quirks ?? {} });
  const { stream: _stream, max_tokens: _limit, ...body } = JSON.parse(typeof encoded.body === 'string' ? encoded.body : Buffer.from(encoded.body).toString('utf8')) as Record<string, unknown>;
  return ask(deps, candidate, { ...encoded, body: JSON.stringify(body) });
}

function ask(deps: GatewayDeps, candidate: Candidate, encoded: Parameters<typeof dispatch>[3]): Promise<number | null> {
  return new Promise((resolve) => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    let good = false;
    const timer = setTimeout(() => done(null), MAX_WAIT_MS);
    const done = (count: number | null) => {
      clearTimeout(timer);
      upstream.abort();
      resolve(count);
    };
    const upstream = dispatch(deps, candidate, candidate.model.provider.credentials[0] ?? null, encoded, 1, {
      connected: () => undefined,
      head: (status) => {
        good = status === 200;
      },
      data(bytes) {
        size += bytes.byteLength;
        if (size > MAX_ANSWER_BYTES) done(null);
        else pieces.push(bytes);
      },
      fail: () => done(null),
      end: () => done(good ? readCount(Buffer.concat(pieces).toString('utf8')) : null),
    });
  });
}

function readCount(text: string): number | null {
  try {
    const { input_tokens: count } = JSON.parse(text) as { input_tokens?: unknown };
    return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : null;
  } catch {
    return null;
  }
}
