import { isObject, type Surface } from '@/lib/wire/call';
import type { DecodedReply, Quirks, UpstreamFault } from '../../contract';
import { faultInBody, faultOfKind } from '../openai-chat/fault';
import { finishOf, readOutput } from './response';
import { responseToChat } from './to-chat';
import { readUsage } from './usage';

/** A whole response, as it is or as a chat completion; one that failed becomes a fault, although it came with 200. */
export function decode(surface: Surface, bytes: Uint8Array, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  return decodeText(surface, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').trim(), quirks);
}

export function decodeText(surface: Surface, frame: string, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    const what = frame === '' ? 'with an empty body' : 'with a body that is not JSON';
    return { fault: faultOfKind('malformed', `The provider answered 200 ${what}.`, 200) };
  }
  if (isObject(json) && isObject(json.error)) return { fault: faultInBody(json, quirks) };
  if (!isObject(json) || !Array.isArray(json.output)) return { fault: faultOfKind('malformed', 'The provider answered 200 with JSON that is not an answer.', 200) };
  if (json.status === 'failed') return { fault: faultOfKind('server', 'The provider failed and did not say why.', 200) };
  const { usage, suspect } = isObject(json.usage) ? readUsage(json.usage, quirks) : { usage: null, suspect: false };
  const { text, reasoning } = readOutput(json.output);
  const id = typeof json.id === 'string' && json.id !== '' ? json.id : null;
  if (surface === 'chat') return responseToChat(json, { usage, usageSuspect: suspect, reasoning, id });
  return { json, frame, usage, usageSuspect: suspect, finish: finishOf(json), text, reasoning, id };
}
