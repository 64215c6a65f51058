import { isObject, type Surface } from '@/lib/wire/call';
import type { DecodedReply, Quirks, UpstreamFault } from '../../contract';
import { faultOfKind } from '../openai-chat/fault';
import { decodeText } from './decode';
import { reader } from './reader';

/** A stream that came where a whole response was asked for: its last event holds the response. */
export function decodeStream(surface: Surface, bytes: Uint8Array, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  const reading = reader('responses', quirks);
  const parts = [...reading.push(bytes), ...reading.end()];
  const failed = parts.find((part) => part.kind === 'error');
  if (failed) return { fault: failed.fault };
  const done = parts.find((part) => part.kind === 'done');
  const response = done?.last?.chunk.response;
  if (isObject(response)) return decodeText(surface, JSON.stringify(response), quirks);
  return { fault: faultOfKind('interrupted', 'The provider answered with a stream that ended before the answer was complete.', 200) };
}
