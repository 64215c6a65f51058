import type { Behaviour } from '../behaviour';
import { type AskedFor, countsOf, type Family, finishIn, storyOf } from './family';

const FINISH = { stop: 'STOP', length: 'MAX_TOKENS', tool_calls: 'STOP', content_filter: 'SAFETY' };
const SIGNATURE = 'ZmFrZS10aG91Z2h0';

/** Gemini's generateContent and streamGenerateContent, cumulative usage in every chunk, CRLF; embeddings. */
export const geminiFamily: Family = {
  whole,
  events,
  lineEnd: '\r\n',
  error: (status) => JSON.stringify({ error: { code: status, message: `The fake upstream answers ${status}.`, status: statusName(status) } }),
  errorEvent: JSON.stringify({ error: { code: 500, message: 'An internal error has occurred.', status: 'INTERNAL' } }),
};

function whole(asked: AskedFor, behaviour: Behaviour): string {
  const values = [0.25, -0.5, 0.75];
  if (asked.path.endsWith(':embedContent')) return JSON.stringify({ embedding: { values } });
  if (asked.path.endsWith(':batchEmbedContents')) {
    const count = Array.isArray(asked.body.requests) ? asked.body.requests.length : 1;
    return JSON.stringify({ embeddings: Array.from({ length: count }, () => ({ values })) });
  }
  const { reasoning, chunks, tools } = storyOf(behaviour);
  const text = chunks.join('');
  const parts = [...(reasoning.length > 0 ? [{ text: reasoning.join(''), thought: true }] : []), ...(text === '' ? [] : [{ text }]), ...calls(tools)];
  return JSON.stringify(chunk(asked, parts, finishIn(FINISH, behaviour), behaviour));
}

function events(asked: AskedFor, behaviour: Behaviour): string[] {
  const { reasoning, chunks, tools } = storyOf(behaviour);
  const said = [
    ...reasoning.map((text) => chunk(asked, [{ text, thought: true }], null, behaviour)),
    ...chunks.map((text) => chunk(asked, [{ text }], null, behaviour)),
    ...(tools.length > 0 ? [chunk(asked, calls(tools), null, behaviour)] : []),
  ];
  if (!behaviour.noFinish) said.push(chunk(asked, [{ text: '' }], finishIn(FINISH, behaviour), behaviour));
  return said.map((event) => JSON.stringify(event));
}

/** The first call of a turn carries the thought signature. */
function calls(tools: NonNullable<Behaviour['tools']>) {
  return tools.map(({ name, arguments: pieces }, index) => ({
    functionCall: { name, args: JSON.parse(pieces.join('') || '{}') as object },
    ...(index === 0 ? { thoughtSignature: SIGNATURE } : null),
  }));
}

function chunk(asked: AskedFor, parts: object[], finishReason: string | null, behaviour: Behaviour) {
  const counts = countsOf(behaviour);
  const usageMetadata = counts && {
    promptTokenCount: counts.input,
    candidatesTokenCount: counts.output - counts.reasoning,
    totalTokenCount: counts.input + counts.output,
    ...(counts.cached > 0 ? { cachedContentTokenCount: counts.cached } : null),
    ...(counts.reasoning > 0 ? { thoughtsTokenCount: counts.reasoning } : null),
  };
  return {
    candidates: [{ content: { parts, role: 'model' }, ...(finishReason ? { finishReason } : null), index: 0 }],
    ...(usageMetadata ? { usageMetadata } : null),
    modelVersion: asked.model,
    responseId: 'fakeResponse0001',
  };
}

function statusName(status: number): string {
  const known: Record<number, string> = { 400: 'INVALID_ARGUMENT', 401: 'UNAUTHENTICATED', 403: 'PERMISSION_DENIED', 404: 'NOT_FOUND', 429: 'RESOURCE_EXHAUSTED', 503: 'UNAVAILABLE', 504: 'DEADLINE_EXCEEDED' };
  return known[status] ?? (status >= 500 ? 'INTERNAL' : 'FAILED_PRECONDITION');
}
