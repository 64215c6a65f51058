import type { Surface } from '@/lib/providers/contract';
import { chat, completions } from './chat';
import type { SurfaceCodec } from './contract';
import { embeddings } from './embeddings';
import { messages } from './messages';
import { responses } from './responses';

export { carry, carries } from './carry';
export { parseCountTokens } from './messages/parse';
export type { AnswerContext, Carried, Ending, FramePart, StreamWriter, SurfaceCodec, Trace } from './contract';

const CODECS: Partial<Record<Surface, SurfaceCodec>> = { chat, completions, embeddings, messages, responses };

/** The codec of a surface that is served. Throws for one that is not; the route list names none of those. */
export function codecOf(surface: Surface): SurfaceCodec {
  const codec = CODECS[surface];
  if (!codec) throw new RangeError(`the surface ${surface} is not served`);
  return codec;
}
