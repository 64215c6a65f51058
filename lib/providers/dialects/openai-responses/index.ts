import type { Dialect } from '../../contract';
import { isEventStream } from '../event-frames';
import { fault } from '../openai-chat/fault';
import { decode } from './decode';
import { encode } from './encode';
import { reader } from './reader';
import { decodeStream } from './stream-to-reply';

/** OpenAI's Responses, for upstreams that speak it themselves, and for models that are offered through nothing else. */
export const openAiResponses: Dialect = {
  id: 'openai-responses',
  surfaces: ['chat', 'responses'],
  encode,
  decode: (surface, bytes, quirks) => (isEventStream(bytes) ? decodeStream : decode)(surface, bytes, quirks),
  reader,
  fault,
};
