import type { Surface } from '@/lib/providers/contract';
import { chat, completions } from './chat';
import type { SurfaceCodec } from './contract';
import { embeddings } from './embeddings';
import { messages } from './messages';
import { images, moderations, rerank, speech, transcriptions } from './media';
import { responses } from './responses';

export { carry, carries } from './carry';
export { type Meter, meterOf } from './media/meter';
export { parseCountTokens } from './messages/parse';
export type { AnswerContext, Carried, Ending, FramePart, StreamWriter, SurfaceCodec, Trace } from './contract';

const CODECS: Record<Surface, SurfaceCodec> = { chat, completions, embeddings, images, messages, moderations, rerank, responses, speech, transcriptions };

export function codecOf(surface: Surface): SurfaceCodec {
  return CODECS[surface];
}
