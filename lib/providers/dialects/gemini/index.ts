import type { Dialect } from '../../contract';
import { fault } from '../openai-chat/fault';
import { decode } from './decode';
import { encode } from './encode';
import { reader } from './reader';

/** Google's generateContent and embeddings, translated for chat and embeddings clients. */
export const gemini: Dialect = { id: 'gemini', surfaces: ['chat', 'embeddings'], encode, decode, reader, fault };
