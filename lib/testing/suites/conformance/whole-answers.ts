import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { hello } from '../subject';
import type { Calls } from './calls';

/** Answers that come whole. */
export function describeWholeAnswers(calls: Calls): void {
  describe('a whole answer', () => {
    it('through an alias names what answered, what it cost and how often it was tried', async () => {
      const { data, response } = await calls.ask('main');
      expect(data).toMatchObject({ model: 'std', choices: [{ message: { content: 'hello' }, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: 20 } });
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'x-fairlead-alias': 'main',
        'x-fairlead-model': 'std',
        'x-fairlead-provider': 'u1',
        'x-fairlead-attempts': '1',
        'x-fairlead-cost-usd': '0.000180',
        'x-request-id': expect.stringMatching(/^req_/),
        'openai-processing-ms': expect.stringMatching(/^\d+$/),
        'server-timing': expect.stringMatching(/gateway;dur=[\d.]+, upstream;dur=[\d.]+/),
      });
    });

    it('leaves one row with tokens, cost lines and attempts', async () => {
      const { response } = await calls.ask('main');
      expect(await calls.key().readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({
        status: 'completed',
        alias: 'main',
        model: 'std',
        provider: 'u1',
        usage: { input_tokens: 10, output_tokens: 20 },
        usage_source: 'reported',
        cost_usd: '0.000180',
        cost_lines: [
          { item: 'input', tokens: 10, rate_usd_per_million: '2.000000', amount_usd: '0.000020' },
          { item: 'output', tokens: 20, rate_usd_per_million: '8.000000', amount_usd: '0.000160' },
        ],
        attempts: [{ index: 0, model: 'std', provider: 'u1', reason: 'primary', outcome: 'completed', status: 200 }],
      });
    });

    it('prices cached and reasoning tokens as the card says (F12)', async () => {
      const { response } = await calls.ask('cached-usage');
      expect(response.headers.get('x-fairlead-cost-usd')).toBe('0.000171');
    });

    it.each(['gzip', 'br', 'deflate'])('comes through whole when the upstream compresses it with %s, with no stale encoding (G04)', async (encoding) => {
      const { data, response } = await calls.ask(encoding);
      expect(data.choices[0]?.message.content).toBe('hello');
      expect(response.headers.get('content-encoding')).toBeNull();
    });

    it('passes unknown request fields on and unknown response fields back (F13)', async () => {
      calls.subject().upstream.script('std', { body: JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model: 'std', choices: [{ index: 0, message: { role: 'assistant', content: 'hi', vendor_note: [1.50] }, finish_reason: 'stop' }], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }, vendor: { deep: true } }), contentType: 'application/json' });
      const { data } = await calls.client().chat.completions.create({ model: 'main', messages: hello, vendor_field: { keep: 1 }, seed: 7, logprobs: true } as OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming).withResponse();
      expect(data).toMatchObject({ vendor: { deep: true } });
      expect(calls.subject().upstream.requests[0]?.body).toMatchObject({ model: 'std', vendor_field: { keep: 1 }, seed: 7, logprobs: true });
    });

    it('never carries the client key upstream', async () => {
      await calls.ask('main');
      const sent = JSON.stringify(calls.subject().upstream.requests[0]?.headers);
      expect(sent).not.toContain(calls.key().key);
      expect(sent).toContain('Bearer');
    });
  });

  describe('embeddings', () => {
    it('pass through with their usage priced', async () => {
      const { data, response } = await calls.client().embeddings.create({ model: 'embedder', input: ['a', 'b'], encoding_format: 'float' }).withResponse();
      expect(data.data).toHaveLength(2);
      expect(Number(response.headers.get('x-fairlead-cost-usd'))).toBeGreaterThan(0);
    });

    it('refuse a chat model', async () => {
      await expect(calls.client().embeddings.create({ model: 'std', input: 'a' })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    });
  });
}
