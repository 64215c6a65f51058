import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeUpstream, startFakeUpstream } from '.';

let fake: FakeUpstream;
let openai: OpenAI;
let anthropic: Anthropic;

beforeAll(async () => {
  fake = await startFakeUpstream();
  openai = new OpenAI({ apiKey: 'sk-test', baseURL: `${fake.url}/v1`, maxRetries: 0 });
  anthropic = new Anthropic({ apiKey: 'sk-test', baseURL: fake.url, maxRetries: 0 });
});
beforeEach(() => fake.reset());
afterAll(() => fake.close());

const ask = (model: string) => ({ model, max_tokens: 64, messages: [{ role: 'user' as const, content: 'hi' }] });

describe('the fake upstream in other families', () => {
  it('speaks Messages to the official client: text, thinking, parallel tools, counts, errors', async () => {
    const message = await anthropic.messages.create(ask('std'));
    expect(message).toMatchObject({ content: [{ type: 'text', text: 'hello' }], stop_reason: 'end_turn', usage: { input_tokens: 10, output_tokens: 20 } });

    const thought = await anthropic.messages.stream(ask('reasoning')).finalMessage();
    expect(thought.content).toMatchObject([{ type: 'thinking', signature: 'ZmFrZS1zaWduYXR1cmU=' }, { type: 'text', text: 'hello' }]);

    const calls = await anthropic.messages.stream(ask('parallel-tools')).finalMessage();
    expect(calls.stop_reason).toBe('tool_use');
    expect(calls.content).toMatchObject([
      { type: 'text', text: 'Let me look.' },
      { type: 'tool_use', name: 'get_weather', input: { city: 'Paris' } },
      { type: 'tool_use', name: 'get_time', input: { zone: 'Europe/Paris' } },
    ]);
    expect(await anthropic.messages.countTokens({ model: 'std', messages: ask('std').messages })).toEqual({ input_tokens: 10 });
    await expect(anthropic.messages.create(ask('status-529'))).rejects.toMatchObject({ status: 529, error: { error: { type: 'overloaded_error' } } });
    await expect(anthropic.messages.stream(ask('error-at-4')).finalMessage()).rejects.toThrow(/Internal server error/);
    expect(fake.requests[0]).toMatchObject({ path: '/v1/messages', model: 'std', stream: false, headers: { 'anthropic-version': expect.stringMatching(/^20\d\d-/) as unknown } });
  });

  it('speaks Responses to the official client: every event in order, function calls, an end that is not complete', async () => {
    const types: string[] = [];
    const stream = openai.responses.stream({ model: 'parallel-tools', input: 'hi' });
    for await (const event of stream) types.push(event.type);
    expect(types.slice(0, 4)).toEqual(['response.created', 'response.in_progress', 'response.output_item.added', 'response.content_part.added']);
    expect(types.at(-1)).toBe('response.completed');
    const response = await stream.finalResponse();
    expect(response.output_text).toBe('Let me look.');
    expect(response.output).toMatchObject([{ type: 'message' }, { type: 'function_call', arguments: '{"city":"Paris"}' }, { type: 'function_call', call_id: 'call_fake02' }]);
    expect(await openai.responses.create({ model: 'length', input: 'hi' })).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
    expect(await openai.responses.create({ model: 'cached-usage', input: 'hi' })).toMatchObject({
      usage: { input_tokens: 10, input_tokens_details: { cached_tokens: 6 }, output_tokens_details: { reasoning_tokens: 15 } },
    });
  });

  it('speaks Gemini: the model and the stream in the path, CRLF, usage in every chunk', async () => {
    const post = (path: string) => fetch(`${fake.url}/v1beta/models/${path}`, { method: 'POST', body: '{"contents":[]}' });
    const stream = await (await post('reasoning:streamGenerateContent?alt=sse')).text();
    expect(stream).toMatch(/^data: .*"thought":true.*\r\n\r\n/);
    expect(stream).toContain('"finishReason":"STOP"');
    expect(stream.match(/usageMetadata/g)?.length).toBe(8);
    expect(await (await post('tool-call:generateContent')).json()).toMatchObject({
      candidates: [{ content: { parts: [{ functionCall: { name: 'get_weather', args: { city: 'Paris' } }, thoughtSignature: 'ZmFrZS10aG91Z2h0' }] } }],
      usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 20 },
    });
    expect(await (await post('status-429:generateContent')).json()).toMatchObject({ error: { code: 429, status: 'RESOURCE_EXHAUSTED' } });
    expect(fake.requests).toMatchObject([{ model: 'reasoning', stream: true }, { model: 'tool-call', stream: false }, { model: 'status-429' }]);
  });

  it('draws, speaks, listens, moderates and ranks', async () => {
    expect((await openai.images.generate({ model: 'std', prompt: 'a cat', n: 2 })).data).toHaveLength(2);
    expect(Buffer.from(await (await openai.audio.speech.create({ model: 'std', voice: 'alloy', input: 'hello' })).arrayBuffer()).toString()).toContain('hello');
    const file = new File([Buffer.from('RIFF')], 'word.wav', { type: 'audio/wav' });
    expect((await openai.audio.transcriptions.create({ model: 'std', file })).text).toBe('hello');
    expect(fake.requests.at(-1)).toMatchObject({ model: 'std', path: '/v1/audio/transcriptions', body: { file: { filename: 'word.wav' } } });
    expect((await openai.moderations.create({ model: 'std', input: 'hello' })).results[0]?.flagged).toBe(false);
    const ranked = await fetch(`${fake.url}/v1/rerank`, { method: 'POST', body: JSON.stringify({ model: 'std', query: 'q', documents: ['a', 'b', 'c'], top_n: 2 }) });
    expect(await ranked.json()).toMatchObject({ results: [{ index: 0, relevance_score: 1 }, { index: 1 }], usage: { total_tokens: 10 } });
  });
});
