import { both, DONE, EVENT_HEAD, EVENTS, type Fault, JSON_HEAD, raw, sized, WHOLE } from './fault';

/** What may happen to a connection, and to HTTP on it. */
export const WIRE_FAULTS: readonly Fault[] = [
  both('a reset before the headers', 'rescued', { reset: 'before-headers' }),
  both('a reset after the headers', 'rescued', { reset: 'after-headers' }),
  both('a close without a byte', 'rescued', raw('')),
  both('a close amid the headers', 'rescued', raw('HTTP/1.1 200 OK\r\ncontent-ty')),
  both('silence', 'rescued', { silent: true }),
  both('headers and then silence', 'rescued', { firstTokenMs: 60_000 }),
  both('something that is not HTTP', 'rescued', raw('SSH-2.0-OpenSSH_9.6\r\n')),
  both('headers of 100 kB', 'rescued', raw(`HTTP/1.1 200 OK\r\nx-long: ${'a'.repeat(100_000)}\r\ncontent-length: 2\r\n\r\n{}`)),

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
    whole: 'answered',
  },
  {
    name: 'a body that says gzip and is none',
    behaviour: raw(sized(`${JSON_HEAD}content-encoding: gzip\r\n`, 'this is not gzip')),
    stream: 'rescued',
    whole: 'rescued',
  },
  { name: 'an encoding that nobody asked for', behaviour: raw(sized(`${JSON_HEAD}content-encoding: snappy\r\n`, 'xx')), stream: 'rescued', whole: 'rescued' },
  both('a 204', 'rescued', raw('HTTP/1.1 204 No Content\r\n\r\n')),
  both('the answer after a 103', 'answered', raw(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${sized(JSON_HEAD, WHOLE)}`)),
  both('the answer after a 100 that nobody asked for', 'rescued', raw(`HTTP/1.1 100 Continue\r\n\r\n${sized(JSON_HEAD, WHOLE)}`)),
  both('a 101 to another protocol', 'rescued', raw('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n')),
  both('a 100 and then silence', 'rescued', raw('HTTP/1.1 100 Continue\r\n\r\n', 'hold')),
  both('a head that never ends', 'rescued', raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-', 'hold')),
  both('two Content-Lengths that differ', 'rescued', raw(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}`)),
  both('half a whole answer and then silence', 'rescued', raw(`${JSON_HEAD}content-length: ${WHOLE.length}\r\n\r\n${WHOLE.slice(0, 40)}`, 'hold')),
];
