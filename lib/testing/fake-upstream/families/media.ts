import type { Behaviour } from '../behaviour';
import { chatFamily } from './chat';
import { type AskedFor, CREATED, countsOf, type Family, storyOf } from './family';

/** OpenAI's images, transcriptions and moderations, and rerank as Cohere, Jina and vLLM share it. Speech is bytes, not JSON. */
export const mediaFamily: Family = { ...chatFamily, whole };

/** Bytes that a sound would be. */
export const SPEECH = Buffer.from('RIFF fake sound of the word hello');

function whole(asked: AskedFor, behaviour: Behaviour): string {
  return JSON.stringify(answerTo(asked, behaviour));
}

function answerTo(asked: AskedFor, behaviour: Behaviour): object {
  const counts = countsOf(behaviour);
  const { path, body } = asked;
  if (path.endsWith('/images/generations')) {
    const usage = counts && { input_tokens: counts.input, output_tokens: counts.output, total_tokens: counts.input + counts.output };
    return { created: CREATED, data: Array.from({ length: Number(body.n ?? 1) }, () => ({ b64_json: 'ZmFrZSBpbWFnZQ==' })), ...(usage ? { usage } : null) };
  }
  if (path.endsWith('/audio/transcriptions')) {
    const usage = counts && { type: 'tokens', input_tokens: counts.input, output_tokens: counts.output, total_tokens: counts.input + counts.output };
    return { text: storyOf(behaviour).chunks.join(''), ...(usage ? { usage } : null) };
  }
  if (path.endsWith('/moderations')) {
    const flags = { hate: false, violence: false };
    return { id: 'modr-fake01', model: asked.model, results: [{ flagged: false, categories: flags, category_scores: { hate: 0, violence: 0 } }] };
  }
  const documents = Array.isArray(body.documents) ? body.documents : [];
  const results = documents.map((_, index) => ({ index, relevance_score: 1 / (index + 1) })).slice(0, Number(body.top_n ?? documents.length));
  return { id: 'rerank-fake01', model: asked.model, results, ...(counts ? { usage: { total_tokens: counts.input } } : null) };
}
