import { FairleadError } from '@/lib/kernel/errors';
import type { JsonObject, WireCall } from '@/lib/wire/call';
import type { EncodedRequest, EncodeTarget } from '../../contract';
import { Notes } from '../translation/notes';
import { fromChat } from './from-chat';

/** The version our own translation speaks; a native client's own version passes. */
const VERSION = '2023-06-01';

/**
 * A native Messages call goes on as it is, with the upstream's model name; a chat call is translated. Throws
 * `unsupported_parameter` for what the model cannot honour.
 */
export function encode(call: WireCall, target: EncodeTarget): EncodedRequest {
  const headers = { 'content-type': 'application/json', accept: call.stream ? 'text/event-stream' : 'application/json', 'anthropic-version': VERSION };
  if (call.surface === 'messages') {
    return { path: call.countTokens ? '/v1/messages/count_tokens' : '/v1/messages', headers: { ...headers, ...familyHeaders(call) }, body: JSON.stringify(nativeBody(call, target)) };
  }
  if (call.surface !== 'chat') throw new FairleadError('unsupported_endpoint', `This provider does not serve ${call.surface}.`);
  const notes = new Notes('Anthropic');
  const body = fromChat(call, target, notes);
  return { path: '/v1/messages', headers, body: JSON.stringify(body), ...(notes.list.length === 0 ? null : { notes: notes.list }) };
}

function nativeBody(call: WireCall, target: EncodeTarget): JsonObject {
  const body: JsonObject = { ...call.body, model: target.upstreamModel };
  if (target.outputLimit !== undefined && !call.countTokens) {
    body.max_tokens = typeof body.max_tokens === 'number' ? Math.min(body.max_tokens, target.outputLimit) : target.outputLimit;
  }
  return body;
}

/** The headers that belong to the family: its version and the beta features the client asked for. */
function familyHeaders(call: WireCall): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of ['anthropic-version', 'anthropic-beta']) {
    const value = call.headers?.[name];
    if (value !== undefined && value !== '') headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}
