import type { Behaviour } from '../fake-upstream';

/**
 * What a call must come to when its first target has a fault.
 * - `answered`: the fault does not stand between the client and the whole answer;
 * - `rescued`: nothing of it reached the client, so another target answers where there is one, else the provider failed;
 * - `refused`: the provider refused the request itself: nobody else is asked, the client gets the refusal;
 * - `oversized`: too large for this target; one that takes more may answer, else the client gets the refusal;
 * - `ended`: content had been delivered: the stream ends in its error frame.
 */
export type Verdict = 'answered' | 'rescued' | 'refused' | 'oversized' | 'ended';

export interface Fault {
  name: string;
  behaviour: Behaviour;
  stream: Verdict;
  whole: Verdict;
}

const both = (name: string, verdict: Verdict, behaviour: Behaviour): Fault => ({ name, behaviour, stream: verdict, whole: verdict });
const streamed = (name: string, verdict: Verdict, behaviour: Behaviour): Fault => ({ name, behaviour, stream: verdict, whole: 'answered' });

const JSON_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const EVENT_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';
const WHOLE = JSON.stringify({
  id: 'x',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 },
});
const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const EVENTS = chunk({ role: 'assistant', content: '' }) + chunk({ content: 'hello' }) + chunk({}, 'stop');
const DONE = 'data: [DONE]\n\n';
const raw = (bytes: string | Uint8Array, ending: 'close' | 'hold' = 'close'): Behaviour => ({ raw: { bytes, ending } });
const sized = (head: string, body: string, length = body.length) => `${head}content-length: ${length}\r\n\r\n${body}`;

/** Client errors that say something about the request, whoever is asked. */
const REFUSALS = [400, 415, 418, 422];
/** Errors of the account, the address or the moment: another target may answer. */
const FAILURES = [401, 402, 403, 404, 405, 408, 409, 410, 424, 425, 429, 498, 499, 500, 501, 502, 503, 504, 520, 524, 529];

const RETRY_AFTER: readonly (readonly [string, Record<string, string>])[] = [
  ['seconds', { 'retry-after': '1' }],
  ['zero', { 'retry-after': '0' }],
  ['a date', { 'retry-after': 'Wed, 21 Oct 2037 07:28:00 GMT' }],
  ['a date gone by', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }],
  ['milliseconds', { 'retry-after-ms': '120' }],
  ['a day', { 'retry-after': '86400' }],
  ['1e12', { 'retry-after': '1e12' }],
  ['a negative number', { 'retry-after': '-5' }],
  ['words', { 'retry-after': 'soon' }],
];

/** What a failover suite would do to a provider, over HTTP that works. Events of a stream: 1 role, 2 to 6 content, 7 finish, 8 usage, 9 [DONE]. */
export const FAULTS: readonly Fault[] = [
  ...REFUSALS.map((status) => both(`a ${status}`, 'refused', { status })),
  both('a 413', 'oversized', { status: 413 }),
  both('a 400 that says the prompt is too long', 'oversized', { status: 400, body: '{"error":{"message":"too long","code":"context_length_exceeded"}}' }),
  ...FAILURES.map((status) => both(`a ${status}`, 'rescued', { status })),
  both('a 400 that says the account has no money', 'rescued', {
    status: 400,
    body: '{"error":{"message":"Access denied, your account is in arrears","code":"Arrearage"}}',
  }),
  both('a 400 that says the key is wrong', 'rescued', {
    status: 400,
    body: '{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}',
  }),
  both('a 500 with an HTML page', 'rescued', { status: 500, body: '<html>oops</html>', contentType: 'text/html' }),
  both('a 500 without a body', 'rescued', { status: 500, body: '' }),
  ...RETRY_AFTER.map(([name, headers]) => both(`a 429 with a Retry-After of ${name}`, 'rescued', { status: 429, headers })),

  both('a reset before the headers', 'rescued', { reset: 'before-headers' }),
  both('a reset after the headers', 'rescued', { reset: 'after-headers' }),
  both('a close without a byte', 'rescued', raw('')),
  both('a close amid the headers', 'rescued', raw('HTTP/1.1 200 OK\r\ncontent-ty')),
  both('silence', 'rescued', { silent: true }),
  both('headers and then silence', 'rescued', { firstTokenMs: 60_000 }),
  both('something that is not HTTP', 'rescued', raw('SSH-2.0-OpenSSH_9.6\r\n')),
  both('headers of 100 kB', 'rescued', raw(`HTTP/1.1 200 OK\r\nx-long: ${'a'.repeat(100_000)}\r\ncontent-length: 2\r\n\r\n{}`)),

  ...[0, 1].map((events) => streamed(`a cut after event ${events}`, 'rescued', { cutAfter: events })),
  ...[2, 3, 4, 5, 6].map((events) => streamed(`a cut after event ${events}`, 'ended', { cutAfter: events })),
  ...[7, 8, 9].map((events) => streamed(`a cut after event ${events}, when the answer is whole`, 'answered', { cutAfter: events })),
  ...[0, 1].map((events) => streamed(`a stall after event ${events}`, 'rescued', { stallAfter: events })),
  ...[2, 4, 6].map((events) => streamed(`a stall after event ${events}`, 'ended', { stallAfter: events })),
  ...[7, 8].map((events) => streamed(`a stall after event ${events}, when the answer is whole`, 'answered', { stallAfter: events })),
  ...[1, 2, 4, 7, 8].map((event) => streamed(`a chunk that is not JSON before event ${event}`, 'answered', { malformedAt: event })),
  ...[1, 2].map((event) => streamed(`an error frame in place of event ${event}`, 'rescued', { errorAt: event })),
  ...[3, 5, 7].map((event) => streamed(`an error frame in place of event ${event}`, 'ended', { errorAt: event })),
  streamed('an error frame after the finish', 'answered', { errorAt: 8 }),
  streamed('no [DONE]', 'answered', { noDone: true }),
  streamed('a polite end without finish and [DONE]', 'ended', { noFinish: true, noDone: true, usage: null }),
  streamed('a [DONE] without a finish', 'ended', { noFinish: true }),
  ...['error', 'network_error', 'insufficient_system_resource', 'aborted'].map((finish) => ({
    name: `a finish of "${finish}"`,
    behaviour: { finish },
    stream: 'ended' as const,
    whole: 'rescued' as const,
  })),

  both('a 200 with nothing', 'rescued', { body: '' }),
  both('a 200 with blank lines only', 'rescued', { body: '\n\n\n', contentType: 'application/json' }),
  both('a 200 with an HTML page', 'rescued', { body: '<!doctype html><p>Sign in to the network</p>', contentType: 'text/html' }),
  both('a 200 with words', 'rescued', { body: 'upstream connect error or disconnect/reset before headers', contentType: 'text/plain' }),
  both('a 200 with an error object', 'rescued', { body: '{"error":{"message":"boom","type":"server_error"}}' }),
  both('a 200 with an error and an empty list of choices', 'rescued', { body: '{"choices":[],"error":{"message":"boom"}}' }),
  both('a 200 with an empty list of choices', 'rescued', { body: '{"id":"x","object":"chat.completion","choices":[]}' }),
  both('a 200 with JSON of something else', 'rescued', { body: '{"status":"ok"}' }),
  both('a 200 with JSON that is cut', 'rescued', { body: WHOLE.slice(0, -40) }),
  both('the answer under the type text/plain', 'answered', { contentType: 'text/plain' }),
  both('the answer under the type application/octet-stream', 'answered', { contentType: 'application/octet-stream' }),
  { name: 'one whole answer where a stream was asked for', behaviour: { body: WHOLE }, stream: 'answered', whole: 'answered' },
  {
    name: 'a stream where a whole answer was asked for',
    behaviour: { body: EVENTS + DONE, contentType: 'text/event-stream' },
    stream: 'answered',
    whole: 'rescued',
  },

  { name: 'a content-length that is too long', behaviour: raw(sized(JSON_HEAD, WHOLE, WHOLE.length + 50)), stream: 'rescued', whole: 'rescued' },
  { name: 'a content-length that is too short', behaviour: raw(sized(JSON_HEAD, WHOLE, WHOLE.length - 30)), stream: 'rescued', whole: 'rescued' },
  {
    name: 'a stream whose content-length cuts it before its finish',
    behaviour: raw(sized(EVENT_HEAD, EVENTS + DONE, EVENTS.length - 60)),
    stream: 'ended',
    whole: 'rescued',
  },
  { name: 'chunks that are garbage', behaviour: raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\nZZZ\r\n{"id"\r\n`), stream: 'rescued', whole: 'rescued' },
  {
    name: 'chunks without their end',
    behaviour: raw(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n${WHOLE.length.toString(16)}\r\n${WHOLE}\r\n`),
    stream: 'rescued',
    whole: 'rescued',
  },
  {
    name: 'a stream of chunks without their end',
    behaviour: raw(`${EVENT_HEAD}transfer-encoding: chunked\r\n\r\n${(EVENTS + DONE).length.toString(16)}\r\n${EVENTS}${DONE}\r\n`),
    stream: 'answered',
    whole: 'rescued',
  },
  {
    name: 'HTTP/1.0 that ends by closing',
    behaviour: raw(`HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n${WHOLE}`),
    stream: 'answered',
    whole: 'answered',
  },
  {
    name: 'a stream over HTTP/1.0 that ends by closing',
    behaviour: raw(`HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n${EVENTS}${DONE}`),
    stream: 'answered',
    whole: 'rescued',
  },
  {
    name: 'a body that says gzip and is none',
    behaviour: raw(sized(`${JSON_HEAD}content-encoding: gzip\r\n`, 'this is not gzip')),
    stream: 'rescued',
    whole: 'rescued',
  },
  { name: 'an encoding that nobody asked for', behaviour: raw(sized(`${JSON_HEAD}content-encoding: snappy\r\n`, 'xx')), stream: 'rescued', whole: 'rescued' },
  both('a redirect', 'rescued', { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' }),
  both('a 204', 'rescued', raw('HTTP/1.1 204 No Content\r\n\r\n')),
];
