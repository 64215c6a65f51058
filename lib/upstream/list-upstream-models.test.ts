import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RECORDINGS, readRecording } from '@/lib/providers/recordings';
import { findAdapter } from '@/lib/providers/registry';
import { listUpstreamModels } from './list-upstream-models';
import { createUpstreamPools } from './pools';

const pools = createUpstreamPools({ allowPrivate: true });
let answer: { status: number; body: Buffer | string } = { status: 200, body: '' };
let seen = '';
let url = '';

const server = http.createServer((incoming, outgoing) => {
  seen = incoming.url ?? '';
  outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await pools.close();
  server.close();
  server.closeAllConnections();
});

function test(id: string, status: number, body: Buffer | string) {
  answer = { status, body };
  const adapter = findAdapter(id);
  if (!adapter) throw new Error(id);
  return listUpstreamModels(pools, { adapter, baseUrl: url, secret: 'secret-of-the-test' });
}

it('a wrong key is told as one, also where the provider says so with 400', async () => {
  for (const file of ['gemini.error-400-invalid-key.json', 'xai.error-400-key.json', 'openai.error-401.json']) {
    const recording = RECORDINGS.find((each) => each.file === file);
    if (!recording) throw new Error(file);
    expect(await test(recording.provider, recording.status, readRecording(recording)), file).toMatchObject({ ok: false, reason: 'credential' });
  }
  expect(await test('openai', 500, '{"error":{"message":"oops secret-of-the-test"}}')).toMatchObject({ ok: false, reason: 'provider', message: 'oops …' });
});

it('each family is asked at its own address', async () => {
  expect(await test('gemini', 200, '{"models":[{"name":"models/b"},{"name":"models/a"}]}')).toMatchObject({ ok: true, models: ['a', 'b'] });
  expect(seen).toBe('/v1beta/models?pageSize=1000');
  expect(await test('vertex', 404, '{}')).toMatchObject({ ok: true, models: null });
  expect(seen).toBe('/models');
  expect(await test('anthropic', 200, '{"data":[{"id":"claude-opus-5"}]}')).toMatchObject({ ok: true, models: ['claude-opus-5'] });
  expect(seen).toBe('/v1/models?limit=1000');
});
