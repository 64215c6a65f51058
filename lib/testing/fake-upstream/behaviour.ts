/** A tool the fake model calls; its arguments come in pieces, and none of them means no arguments. */
export interface ToolCall {
  id: string;
  name: string;
  arguments: readonly string[];
}

/** How the fake upstream answers one request. Everything absent is the default: a healthy "hello". */
export interface Behaviour {
  /** Waits before the head of the answer. */
  delayMs?: number;
  /** Waits after the head, before the first event. */
  firstTokenMs?: number;
  /** Waits between events. */
  gapMs?: number;
  /** Answers with this status; 400 and above with an error in its family's envelope unless `body` is given. */
  status?: number;
  headers?: Record<string, string>;
  /** The whole body, whatever was asked for. */
  body?: string | Uint8Array;
  contentType?: string;
  /** The answer on the wire, head included, written past HTTP; then the connection ends, or stays open and silent. */
  raw?: { bytes: string | Uint8Array; ending: 'close' | 'hold' };
  /** Answers with events also where a whole answer was asked for. */
  streamsAnyway?: boolean;
  /** A file of lib/providers/__fixtures__, replayed byte for byte. */
  fixture?: string;
  /** Breaks the connection before or after the head of the answer. */
  reset?: 'before-headers' | 'after-headers';
  /** Takes the request and never answers. */
  silent?: boolean;
  /** What the content chunks say, one each. */
  chunks?: readonly string[];
  /** What the thoughts say, one chunk each, before the content. */
  reasoning?: readonly string[];
  /** The tools it calls after the content. */
  tools?: readonly ToolCall[];
  /** In OpenAI's words; each family says it in its own. */
  finish?: string;
  /** The `usage` object in OpenAI's terms, or null for a provider that never tells. */
  usage?: Record<string, unknown> | null;
  /** Where a stream tells usage. By default in its own last chunk, and only when asked. */
  usageAt?: 'chunk' | 'finish' | 'every';
  /** Breaks the connection after this many events. */
  cutAfter?: number;
  /** Sends nothing more after this many events, and keeps the connection. */
  stallAfter?: number;
  /** Puts an event that is not JSON before this one (counted from 1). */
  malformedAt?: number;
  /** Puts an error event before this one and ends. */
  errorAt?: number;
  noDone?: boolean;
  noFinish?: boolean;
  lineEnd?: '\n' | '\r\n' | '\r';
  /** `data:{…}` without the space. */
  noSpace?: boolean;
  /** Comments, `event:`, `id:` and `retry:` lines among the events. */
  extras?: boolean;
  bom?: boolean;
  /** JSON spread over several `data:` lines. */
  multiline?: boolean;
  /** Sends the body in pieces of this many bytes. */
  bytesPerWrite?: number;
  /** Sends the body in one piece. */
  oneWrite?: boolean;
  encoding?: 'gzip' | 'br' | 'deflate';
}

const WEATHER: ToolCall = { id: 'call_fake01', name: 'get_weather', arguments: ['{"city":', '"Paris"}'] };
const TIME: ToolCall = { id: 'call_fake02', name: 'get_time', arguments: ['{"zone":"Eu', 'rope/Paris"}'] };

/** Behaviours by the upstream model's name; a number in the name is their parameter. */
const NAMED: readonly (readonly [RegExp, (n: number, m: number) => Behaviour])[] = [
  [/^(?:std|tiny)$/, () => ({})],
  [/^status-(\d{3})$/, (status) => ({ status })],
  [/^retry-after-(\d+)$/, (seconds) => ({ status: 429, headers: { 'retry-after': String(seconds) } })],
  [/^reset-before-headers$/, () => ({ reset: 'before-headers' })],
  [/^reset-after-headers$/, () => ({ reset: 'after-headers' })],
  [/^silent$/, () => ({ silent: true })],
  [/^slow-(\d+)$/, (delayMs) => ({ delayMs })],
  [/^first-token-(\d+)$/, (firstTokenMs) => ({ firstTokenMs })],
  [/^chunks-(\d+)-every-(\d+)$/, (count, gapMs) => ({ chunks: Array.from({ length: count }, (_, i) => `word${i} `), gapMs })],
  [/^cut-after-(\d+)$/, (cutAfter) => ({ cutAfter })],
  [/^stall-after-(\d+)$/, (stallAfter) => ({ stallAfter })],
  [/^malformed-at-(\d+)$/, (malformedAt) => ({ malformedAt })],
  [/^error-at-(\d+)$/, (errorAt) => ({ errorAt })],
  [/^no-done$/, () => ({ noDone: true })],
  [/^no-finish$/, () => ({ noDone: true, noFinish: true, usage: null })],
  [/^no-usage$/, () => ({ usage: null })],
  [/^zero-usage$/, () => ({ usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } })],
  [/^absurd-usage$/, () => ({ usage: { prompt_tokens: 10, completion_tokens: 1_165_619, total_tokens: 1_165_629 } })],
  [/^negative-usage$/, () => ({ usage: { prompt_tokens: -10, completion_tokens: 20, total_tokens: 10 } })],
  [
    /^cached-usage$/,
    () => ({
      usage: {
        prompt_tokens: 10,
        completion_tokens: 20,
        total_tokens: 30,
        prompt_tokens_details: { cached_tokens: 6 },
        completion_tokens_details: { reasoning_tokens: 15 },
      },
    }),
  ],
  [/^tool-call$/, () => ({ tools: [WEATHER] })],
  [/^parallel-tools$/, () => ({ chunks: ['Let me ', 'look.'], tools: [WEATHER, TIME] })],
  [/^tool-without-arguments$/, () => ({ tools: [{ id: 'call_fake01', name: 'get_date', arguments: [] }] })],
  [/^reasoning$/, () => ({ reasoning: ['The user greets me; ', 'a short greeting is enough.'] })],
  [/^reasoning-tool-call$/, () => ({ reasoning: ['I need the weather.'], tools: [WEATHER] })],
  [/^refusal$/, () => ({ finish: 'content_filter' })],
  [/^usage-on-finish$/, () => ({ usageAt: 'finish' })],
  [/^usage-on-every-chunk$/, () => ({ usageAt: 'every' })],
  [/^crlf$/, () => ({ lineEnd: '\r\n' })],
  [/^cr$/, () => ({ lineEnd: '\r' })],
  [/^no-space$/, () => ({ noSpace: true })],
  [/^multiline$/, () => ({ multiline: true })],
  [/^comments$/, () => ({ extras: true })],
  [/^bom$/, () => ({ bom: true })],
  [/^split-utf8$/, () => ({ chunks: ['你', '好', '🙂', 'é'], bytesPerWrite: 1 })],
  [/^one-byte-writes$/, () => ({ bytesPerWrite: 1 })],
  [/^one-write$/, () => ({ oneWrite: true })],
  [/^big-chunk$/, () => ({ chunks: ['x'.repeat(1024 * 1024)] })],
  [/^(?:gzip|br|deflate)$/, () => ({})],
  [/^html$/, () => ({ contentType: 'text/html', body: '<html><head><title>Welcome</title></head><body>Not an API</body></html>' })],
  [/^empty$/, () => ({ body: '' })],
  [/^json-for-stream$/, () => ({ contentType: 'application/json', oneWrite: true })],
  [/^(?:content-length|length)$/, () => ({ finish: 'length' })],
];

const ENCODINGS = new Set(['gzip', 'br', 'deflate']);

/** The behaviour a model name stands for, or null when it is no such name. */
export function behaviourOf(model: string): Behaviour | null {
  if (model.startsWith('fixture:')) return { fixture: model.slice('fixture:'.length) };
  for (const [pattern, make] of NAMED) {
    const match = pattern.exec(model);
    if (!match) continue;
    const behaviour = make(Number(match[1]), Number(match[2]));
    return ENCODINGS.has(model) ? { ...behaviour, encoding: model as Behaviour['encoding'] } : behaviour;
  }
  return null;
}
