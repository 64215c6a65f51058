import { isObject, type JsonObject, type WireCall } from '@/lib/wire/call';
import type { DecodedReply, EncodeTarget } from '../../contract';
import type { Notes } from '../translation/notes';
import { readUsage } from './usage';

/** An OpenAI embeddings call as batchEmbedContents: one request per text. */
export function fromEmbeddings(call: WireCall, target: EncodeTarget, notes: Notes): JsonObject {
  const { input, dimensions } = call.body;
  const texts: unknown[] = Array.isArray(input) ? input : [input];
  return {
    requests: texts.map((text, index) => {
      if (typeof text !== 'string') throw notes.refuse(`input[${index}]`, 'Gemini embeds texts, not tokens');
      return {
        model: `models/${target.upstreamModel}`,
        content: { parts: [{ text }] },
        ...(typeof dimensions === 'number' ? { outputDimensionality: dimensions } : null),
      };
    }),
  };
}

/** The vectors as OpenAI lists them. */
export function toEmbeddings(json: JsonObject): DecodedReply | null {
  if (!Array.isArray(json.embeddings)) return null;
  const data = json.embeddings.map((embedding: unknown, index) => ({ object: 'embedding', index, embedding: isObject(embedding) ? embedding.values : [] }));
  const { usage, suspect } = isObject(json.usageMetadata) ? readUsage(json.usageMetadata) : { usage: null, suspect: false };
  const told = usage && { prompt_tokens: usage.input, total_tokens: usage.input };
  const answer = { object: 'list', data, model: '', ...(told ? { usage: told } : null) };
  return { json: answer, frame: JSON.stringify(answer), usage, usageSuspect: suspect, finish: null, text: '', reasoning: '', id: null };
}
