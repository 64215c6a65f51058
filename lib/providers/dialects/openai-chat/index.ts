import type { Dialect, Surface } from '../../contract';
import { isEventStream } from '../event-frames';
import { openAiResponses } from '../openai-responses';
import { decode } from './decode';
import { encode, SURFACES } from './encode';
import { fault } from './fault';
import { reader } from './reader';
import { decodeStream } from './stream-to-reply';

const OWN = {
  encode,
  decode: ((surface, bytes, quirks) => (isStreamed(surface) && isEventStream(bytes) ? decodeStream : decode)(surface, bytes, quirks)) satisfies Dialect['decode'],
  reader,
};

function isStreamed(surface: Surface): boolean {
  return surface === 'chat' || surface === 'completions';
}

/** OpenAI's chat completions and everything that speaks it. */
export const openAiChat: Dialect = {
  id: 'openai-chat',
  surfaces: SURFACES,
  // A provider of this family that also speaks Responses says so in its adapter.
  encode: (call, target) => (call.surface === 'responses' ? openAiResponses : OWN).encode(call, target),
  decode: (surface, bytes, quirks) => (surface === 'responses' ? openAiResponses : OWN).decode(surface, bytes, quirks),
  reader: (surface, quirks) => (surface === 'responses' ? openAiResponses : OWN).reader(surface, quirks),
  fault,
};

export { faultOfKind } from './fault';
export { addCost, rewriteModel } from './rewrite';
