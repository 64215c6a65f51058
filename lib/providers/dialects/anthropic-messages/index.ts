import type { Dialect } from '../../contract';
import { isEventStream } from '../event-frames';
import { fault } from '../openai-chat/fault';
import { decode } from './decode';
import { encode } from './encode';
import { reader } from './reader';
import { decodeStream } from './stream-to-reply';

/** Anthropic's Messages: native for its own clients, translated for chat. */
export const anthropicMessages: Dialect = {
  id: 'anthropic-messages',
  surfaces: ['messages', 'chat'],
  encode,
  decode: (surface, bytes, quirks) => (isEventStream(bytes) ? decodeStream : decode)(surface, bytes, quirks),
  reader,
  fault,
};
