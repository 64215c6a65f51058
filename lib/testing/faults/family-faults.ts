import type { Behaviour } from '../fake-upstream';
import type { Verdict } from './fault';

/** How a healthy "hello" of a family streams: after `opening` events comes the first content, after `complete` of them nothing of the answer is missing. */
export interface StreamShape {
  opening: number;
  complete: number;
  events: number;
}

/** What may happen to any answer, whatever family or kind it is of. */
export const ANSWER_FAULTS: readonly (readonly [string, Verdict, Behaviour])[] = [
  ...[400].map((status) => [`a ${status}`, 'refused', { status }] as const),
  ...[401, 429, 500, 503, 529].map((status) => [`a ${status}`, 'rescued', { status }] as const),
  ['a 429 with a Retry-After of a day', 'rescued', { status: 429, headers: { 'retry-after': '86400' } }],
  ['a 307', 'rescued', { status: 307, headers: { location: 'http://127.0.0.1:9/' }, body: '' }],
  ['a reset before the headers', 'rescued', { reset: 'before-headers' }],
  ['a reset after the headers', 'rescued', { reset: 'after-headers' }],
  ['silence', 'rescued', { silent: true }],
  ['headers and then silence', 'rescued', { firstTokenMs: 60_000 }],
  ['a close amid the headers', 'rescued', { raw: { bytes: 'HTTP/1.1 200 OK\r\ncontent-ty', ending: 'close' } }],
  ['a 200 with nothing', 'rescued', { body: '' }],
  ['a 200 with an HTML page', 'rescued', { body: '<!doctype html><p>Sign in</p>', contentType: 'text/html' }],
  ['a 200 with JSON of something else', 'rescued', { body: '{"status":"ok"}', contentType: 'application/json' }],
  ['a 200 with JSON that is cut', 'rescued', { body: '{"id":"x","object":', contentType: 'application/json' }],
  ['a 200 with an error object', 'rescued', { body: '{"error":{"message":"boom","type":"server_error"}}', contentType: 'application/json' }],
  [
    'a body shorter than its length',
    'rescued',
    { raw: { bytes: 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"id":', ending: 'close' } },
  ],
];

/** A stream where a whole answer was asked for, of a family that might do so. */
export const STREAM_FOR_WHOLE: readonly (readonly [string, Verdict, Behaviour])[] = [
  ['a stream', 'answered', { streamsAnyway: true }],
  ['a stream that is cut', 'rescued', { streamsAnyway: true, cutAfter: 6 }],
  [
    'a stream of tool calls and thoughts',
    'answered',
    { streamsAnyway: true, reasoning: ['hm'], chunks: ['hel', 'lo'], tools: [{ id: 'call_1', name: 'get_weather', arguments: ['{"city":', '"Oslo"}'] }] },
  ],
];

/** What may happen to a stream of this shape, at every event that makes a difference. */
export function streamFaults({ opening, complete, events }: StreamShape): (readonly [string, Verdict, Behaviour])[] {
  const verdictAfter = (seen: number): Verdict => (seen <= opening ? 'rescued' : seen < complete ? 'ended' : 'answered');
  const places = [...new Set([0, opening, opening + 1, complete - 1, complete, events])].filter((place) => place >= 0);
  return [
    ...places.map((place) => [`a cut after event ${place}`, verdictAfter(place), { cutAfter: place }] as const),
    ...places.map((place) => [`a stall after event ${place}`, verdictAfter(place), { stallAfter: place }] as const),
    ...places
      .filter((place) => place < events)
      .map((place) => [`an error in place of event ${place + 1}`, verdictAfter(place), { errorAt: place + 1 }] as const),
    ['an event that is not JSON amid the content', 'answered', { malformedAt: opening + 2 }],
    ['no finish and no last word', 'ended', { noFinish: true, noDone: true, usage: null }],
    ['one byte at a time', 'answered', { bytesPerWrite: 1 }],
    ['no usage', 'answered', { usage: null }],
  ];
}
