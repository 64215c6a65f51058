import type { Dialect } from '../../contract';
import { fault } from '../openai-chat/fault';
import { decode } from './decode';
import { encode } from './encode';
import { reader } from './reader';

/** Anthropic's Messages: native for its own clients, translated for chat. */
export const anthropicMessages: Dialect = { id: 'anthropic-messages', surfaces: ['messages', 'chat'], encode, decode, reader, fault };
