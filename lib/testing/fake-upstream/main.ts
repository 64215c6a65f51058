import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { namedVariable } from '@/lib/env/named-variable';
import type { AskedFor } from './families';
import { chatFamily } from './families/chat';
import { frameEvents } from './framing';


/**
 * The fake upstream as a process of its own for the bench: `PORT=9100 npx tsx lib/testing/fake-upstream/main.ts`, or forked,
 * when it tells its parent the port.
 * Both answers are made once; a request costs a search for `"stream":true` and one write, so that the load
 * generator and the gateway are what is measured.
 */
const asked: AskedFor = { path: '/v1/chat/completions', model: 'std', stream: true, includeUsage: true, body: {} };
const whole = Buffer.from(chatFamily.whole(asked, {}));
const stream = Buffer.concat(frameEvents(chatFamily.events(asked, {}), {}));
const wholeHead = { 'content-type': 'application/json', 'content-length': whole.length };
const streamHead = { 'content-type': 'text/event-stream', 'content-length': stream.length };

const server = http.createServer({ keepAliveTimeout: 120_000 }, (incoming, outgoing) => {
  let streaming = false;
  incoming.on('data', (piece: Buffer) => {
    streaming ||= piece.includes('"stream":true') || piece.includes('"stream": true');
  });
  incoming.on('end', () => {
    outgoing.writeHead(200, streaming ? streamHead : wholeHead);
    outgoing.end(streaming ? stream : whole);
  });
});
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
