import type { Dialect } from '../../contract';
import { decode } from './decode';
import { encode, SURFACES } from './encode';
import { fault } from './fault';
import { reader } from './reader';

/** OpenAI's chat completions and everything that speaks it. */
export const openAiChat: Dialect = { id: 'openai-chat', surfaces: SURFACES, encode, decode, reader, fault };

export { faultOfKind } from './fault';
export { addCost, rewriteModel } from './rewrite';
