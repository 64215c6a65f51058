import { rewriteModel } from '@/lib/providers/dialects/openai-chat';
import { parseBody } from '@/lib/wire';
import type { SurfaceCodec } from '../contract';

/** `/v1/embeddings`: one whole answer, whatever `stream` says. */
export const embeddings: SurfaceCodec = {
  surface: 'embeddings',
  kind: 'embedding',
  parse: (bytes) => parseBody('embeddings', bytes),
  stream() {
    throw new RangeError('embeddings are never streamed');
  },
  whole: (reply, { model }) => rewriteModel(reply.frame, reply.json, model),
};
