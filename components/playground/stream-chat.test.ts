import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { streamChat } from './stream-chat';
import type { Answer } from './types';

let server: Server | null = null;
afterEach(() => void server?.closeAllConnections());

/** A server that answers with these frames, over a real socket. */
async function serve(status: number, frames: string[], headers: Record<string, string> = {}): Promise<string> {
  server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
    for (const frame of frames) response.write(frame);
    response.end();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat/completions`;
}

const data = (chunk: unknown) => `data: ${JSON.stringify(chunk)}\n\n`;
const ask = (url: string, steps: Answer[] = []) =>
  streamChat({ url, key: 'sk-fl-test', body: { model: 'm', messages: [] }, signal: new AbortController().signal }, (answer) => steps.push(answer));

describe('an answer in the playground', () => {
  it('is put together from its chunks, with cost, tokens and the time to the first of them', async () => {
    const url = await serve(
      200,
      [
        data({ model: 'demo/echo', choices: [{ delta: { role: 'assistant' } }] }),
        data({ choices: [{ delta: { content: 'Hel' } }] }),
        data({ choices: [{ delta: { content: 'lo' }, finish_reason: 'stop' }] }),
        data({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, cost: '0.000001100' } }),
        'data: [DONE]\n\n',
      ],
      { 'x-request-id': 'req_1' },
    );
    const steps: Answer[] = [];
    const answer = await ask(url, steps);
    expect(answer).toMatchObject({ state: 'done', text: 'Hello', model: 'demo/echo', requestId: 'req_1', costUsd: '0.000001100', inputTokens: 3, outputTokens: 2, finishReason: 'stop' });
    expect(answer.firstTokenMs).toBeGreaterThanOrEqual(0);
    expect(steps.some(({ state }) => state === 'streaming')).toBe(true);
  });

  it('collects the arguments of tool calls', async () => {
    const call = (part: object) => data({ choices: [{ delta: { tool_calls: [{ index: 0, ...part }] } }] });
    const answer = await ask(await serve(200, [call({ id: 'call_1', function: { name: 'weather', arguments: '{"ci' } }), call({ function: { arguments: 'ty":"Oslo"}' } }), 'data: [DONE]\n\n']));
    expect(answer.toolCalls).toEqual([{ id: 'call_1', name: 'weather', arguments: '{"city":"Oslo"}' }]);
  });

  it('that fails says why, before the first word and in the middle', async () => {
    const before = await ask(await serve(429, [JSON.stringify({ error: { code: 'insufficient_quota', message: 'The budget is used up.' } })]));
    expect(before).toMatchObject({ state: 'failed', error: { status: 429, code: 'insufficient_quota', message: 'The budget is used up.' } });
    const after = await ask(await serve(200, [data({ choices: [{ delta: { content: 'Hel' } }] }), data({ error: { code: 'upstream_stream_interrupted', message: 'cut' } }), 'data: [DONE]\n\n']));
    expect(after).toMatchObject({ state: 'failed', text: 'Hel', error: { code: 'upstream_stream_interrupted' } });
  });

  it('can be stopped and keeps what came', async () => {
    server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(data({ choices: [{ delta: { content: 'Hel' } }] }));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const stop = new AbortController();
    const answer = await streamChat({ url, key: 'k', body: { model: 'm', messages: [] }, signal: stop.signal }, ({ text }) => text === 'Hel' && stop.abort());
    expect(answer).toMatchObject({ state: 'stopped', text: 'Hel', error: null });
  });
});
