import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendRaw } from '@/lib/testing/suites/surfaces/raw-http';
import { collectBody } from './collect-body';
import { createEdgeServer } from './edge-server';

const seen: string[] = [];
const server = createEdgeServer(
  (request, response) => {
    void collectBody(undefined, 1_000, (feed) => {
      request.on('data', feed.data).on('end', feed.end).on('error', feed.fail);
      return () => request.resume();
    }).then(
      (body) => response.end(body),
      () => seen.push('cut'),
    );
  },
  { headersMs: 300, requestMs: 600, checkEveryMs: 50 },
);
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends `head`, then a byte at a time for as long as it may. */
function trickle(head: string): Promise<{ answer: string; ms: number }> {
  return new Promise((resolve) => {
    const startedAt = Date.now();
    const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(head));
    const timer = setInterval(() => socket.write('x'), 40);
    let answer = '';
    socket.on('data', (piece) => (answer += piece.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve({ answer, ms: Date.now() - startedAt });
    });
  });
}

it('G07 a body that comes byte by byte is cut at its limit, with a 408 in the envelope', async () => {
  const { answer, ms } = await trickle('POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ error: { type: 'invalid_request_error', message: expect.stringContaining('in time') } });
  expect(ms).toBeGreaterThanOrEqual(550);
  expect(ms).toBeLessThan(5_000);
  await expect.poll(() => seen).toContain('cut');
});

it('G07 headers that come byte by byte are cut at theirs', async () => {
  expect((await trickle('POST /v1/chat/completions HTTP/1.1\r\nX-Slow: ')).answer).toMatch(/^HTTP\/1\.1 408 /);
});

it('G08 what is not HTTP is a 400, and headers without end are a 431', async () => {
  expect(await sendRaw(url, 'GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*invalid_request_error/);
  expect(await sendRaw(url, `GET / HTTP/1.1\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
});

it('a client that takes its time after a whole request is served', async () => {
  expect(await sendRaw(url, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello', 1_000)).toContain('hello');
});
