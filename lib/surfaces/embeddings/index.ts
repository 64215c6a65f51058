import { rewriteModel } from '@/lib/providers/dialects/openai-chat';
import { isObject, type JsonObject, parseBody } from '@/lib/wire';
import type { SurfaceCodec } from '../contract';

/** `/v1/embeddings`: one whole answer, whatever `stream` says. */
export const embeddings: SurfaceCodec = {
  surface: 'embeddings',
  kind: 'embedding',
  parse: (bytes) => parseBody('embeddings', bytes),
  stream() {
    throw new RangeError('embeddings are never streamed');
  },
  whole(reply, { model, call }) {
    const packed = call.body.encoding_format === 'base64' ? packVectors(reply.json) : null;
    return packed ? JSON.stringify({ ...packed, model }) : rewriteModel(reply.frame, reply.json, model);
  },
};

/** Vectors as base64 of 32-bit floats, which OpenAI's clients ask for and not every provider knows; null where they are packed already. */
function packVectors(json: Readonly<JsonObject>): JsonObject | null {
  const { data } = json;
  if (!Array.isArray(data) || !data.some((item: unknown) => isObject(item) && Array.isArray(item.embedding))) return null;
  return { ...json, data: data.map((item: unknown) => (isObject(item) && Array.isArray(item.embedding) ? { ...item, embedding: pack(item.embedding as number[]) } : item)) };
}

function pack(vector: readonly number[]): string {
  return Buffer.from(new Float32Array(vector).buffer).toString('base64');
}
