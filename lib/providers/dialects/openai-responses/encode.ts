import { FairleadError } from '@/lib/kernel/errors';
import type { JsonObject, WireCall } from '@/lib/wire/call';
import type { EncodedRequest, EncodeTarget } from '../../contract';

/** The client's own body with the upstream's model name. Usage comes without asking. */
export function encode(call: WireCall, target: EncodeTarget): EncodedRequest {
  if (call.surface !== 'responses') throw new FairleadError('unsupported_endpoint', `This provider does not serve ${call.surface}.`);
  const body: JsonObject = { ...call.body, model: target.upstreamModel };
  if (target.outputLimit !== undefined) {
    body.max_output_tokens = typeof body.max_output_tokens === 'number' ? Math.min(body.max_output_tokens, target.outputLimit) : target.outputLimit;
  }
  const headers = { 'content-type': 'application/json', accept: call.stream ? 'text/event-stream' : 'application/json' };
  return { path: target.quirks.paths?.responses ?? '/responses', headers, body: JSON.stringify(body) };
}
