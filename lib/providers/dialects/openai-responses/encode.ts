import { FairleadError } from '@/lib/kernel/errors';
import type { JsonObject, WireCall } from '@/lib/wire/call';
import type { EncodedRequest, EncodeTarget } from '../../contract';
import { Notes } from '../translation/notes';
import { fromChat } from './from-chat';

/** The client's own body with the upstream's model name; a chat call is translated. Usage comes without asking. */
export function encode(call: WireCall, target: EncodeTarget): EncodedRequest {
  const headers = { 'content-type': 'application/json', accept: call.stream ? 'text/event-stream' : 'application/json' };
  const path = target.quirks.paths?.responses ?? '/responses';
  if (call.surface === 'chat') {
    const notes = new Notes('Responses');
    const body = fromChat(call, target, notes);
    return { path, headers, body: JSON.stringify(body), ...(notes.list.length === 0 ? null : { notes: notes.list }) };
  }
  if (call.surface !== 'responses') throw new FairleadError('unsupported_endpoint', `This provider does not serve ${call.surface}.`);
  const body: JsonObject = { ...call.body, model: target.upstreamModel };
  if (target.outputLimit !== undefined) {
    body.max_output_tokens = typeof body.max_output_tokens === 'number' ? Math.min(body.max_output_tokens, target.outputLimit) : target.outputLimit;
  }
  return { path, headers, body: JSON.stringify(body) };
}
