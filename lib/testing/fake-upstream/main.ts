import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { namedVariable } from '@/lib/env/named-variable';
import type { AskedFor } from './families';
import { chatFamily } from './families/chat';
import { frameEvents } from './framing';


/**
 * The fake upstream as a process of its own for the bench: `PORT=9100 npx tsx lib/testing/fake-upstream/main.ts`, or forked,
 * when it tells its parent the port.
 * All answers are made once; a request costs a search for `"stream":true` and one write, so that the load
 * generator and the gateway are what is measured. Two models are slower: `slow-50` answers after 50 ms, and
 * `chunks-200-every-5` streams 200 words, one every 5 ms.
 */
const asked: AskedFor = { path: '/v1/chat/completions', model: 'std', stream: true, includeUsage: true, body: {} };
const whole = Buffer.from(chatFamily.whole(asked, {}));
const stream = Buffer.concat(frameEvents(chatFamily.events(asked, {}), {}));
const words = frameEvents(chatFamily.events(asked, { chunks: Array.from({ length: 200 }, (_, index) => `word${index} `) }), {});
const SLOW_MS = 50;
const WORD_MS = 5;
const wholeHead = { 'content-type': 'application/json', 'content-length': whole.length };
const streamHead = { 'content-type': 'text/event-stream', 'content-length': stream.length };

const server = http.createServer({ keepAliveTimeout: 120_000 }, (incoming, outgoing) => {
  let streaming = false;
  let slow = false;
  let long = false;
  incoming.on('data', (piece: Buffer) => {
    streaming ||= piece.includes('"stream":true') || piece.includes('"stream": true');
    slow ||= piece.includes('"slow-50"');
    long ||= piece.includes('"chunks-200-every-5"');
  });
  incoming.on('end', () => {
    if (long) return sayWords(outgoing);
    if (slow) return void setTimeout(() => outgoing.writeHead(200, wholeHead).end(whole), SLOW_MS);
    outgoing.writeHead(200, streaming ? streamHead : wholeHead);
    outgoing.end(streaming ? stream : whole);
  });
});

function sayWords(outgoing: http.ServerResponse): void {
  outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
  let next = 0;
  const timer = setInterval(() => {
    outgoing.write(words[next++]);
    if (next < words.length) return;
    clearInterval(timer);
    outgoing.end();
  }, WORD_MS);
  outgoing.on('close', () => clearInterval(timer));
}

server.listen(Number(namedVariable('PORT') ?? 9100), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  if (process.send) process.send({ port });
  else process.stdout.write(`fake upstream on http://127.0.0.1:${port}/v1\n`);
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
