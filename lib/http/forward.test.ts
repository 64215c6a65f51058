import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createForwarder } from './forward';

const folder = mkdtempSync(path.join(os.tmpdir(), 'fairlead-forward-'));
const socketPath = path.join(folder, 'console.sock');
/** A console that serves GET alone, as Next answers for a route that exports nothing else. */
const console_ = http.createServer((request, response) => response.writeHead(request.method === 'GET' ? 200 : 405).end(request.method === 'GET' ? 'page' : ''));
const edge = http.createServer(createForwarder(socketPath));
let origin: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => console_.listen(socketPath, resolve));
  await new Promise<void>((resolve) => edge.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(edge.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await Promise.all([console_, edge].map((server) => new Promise((resolve) => (server.close(resolve), server.closeAllConnections()))));
  rmSync(folder, { recursive: true });
});

describe('what is not inference', () => {
  it('goes to the console and back', async () => {
    expect(await (await fetch(`${origin}/sign-in`)).text()).toBe('page');
  });

  it('a method that an /api route does not serve answers 404 in the envelope; elsewhere it is the console’s to answer', async () => {
    const unserved = await fetch(`${origin}/api/v1/keys?x=1`, { method: 'PUT', body: '{bad' });
    expect([unserved.status, await unserved.json()]).toMatchObject([
      404,
      { error: { code: 'unsupported_endpoint', message: 'PUT /api/v1/keys is not served here.', request_id: unserved.headers.get('x-request-id') } },
    ]);
    expect((await fetch(`${origin}/sign-in`, { method: 'PUT' })).status).toBe(405);
  });
});
