import { both, type Fault } from './fault';

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
  ['nothing', { 'retry-after': '' }],
  ['infinity', { 'retry-after': 'Infinity' }],
  ['hexadecimal digits', { 'retry-after': '0x10' }],
  ['negative milliseconds', { 'retry-after-ms': '-1' }],
  ['milliseconds beyond any day', { 'retry-after-ms': '1e15' }],
];

/** What a provider may say with a status other than 200. */
export const STATUS_FAULTS: readonly Fault[] = [
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
  ...[503, 529].map((status) => both(`a ${status} with a Retry-After of a day`, 'rescued', { status, headers: { 'retry-after': '86400' } })),
  ...[301, 302, 303, 304, 307, 308].map((status) => both(`a ${status}`, 'rescued', { status, headers: { location: 'http://127.0.0.1:9/' }, body: '' })),
  both('a 500 that is not UTF-8', 'rescued', { status: 500, body: new Uint8Array([0xff, 0xfe, 0x00, 0xc3, 0x28]) }),
  both('a 503 of 2 MB', 'rescued', { status: 503, body: 'x'.repeat(2_000_000), contentType: 'text/plain' }),
];
