import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callsOf } from '@/lib/providers/recordings';
import { inProcessGateway } from '@/lib/testing/suites/in-process';
import { hello, readStream, type Subject, type SubjectKey } from '@/lib/testing/suites/subject';

const PRICES = '{ currency: USD, input: "2.00", cachedInput: "0.50", cacheWrite: "2.50", output: "8.00" }';
const BEHAVIOURS = ['std', 'parallel-tools', 'reasoning-tool-call', 'cached-usage', 'status-529', 'cut-after-4'];
const models = (provider: string, names = BEHAVIOURS) =>
  names.map((name) => `  - { id: ${provider}/${name}, provider: ${provider}, upstreamModel: ${name}, maxOutputTokens: 4096, capabilities: [tools, vision, json], prices: ${PRICES} }`);

const config = (url: string) => `apiVersion: fairlead/v1
providers:
  - { id: claude, adapter: anthropic, baseUrl: "${url}", credentials: [{ name: main, secret: "\${env:U1_KEY}" }] }
  - { id: google, adapter: gemini, baseUrl: "${url}/v1beta", credentials: [{ name: main, secret: "\${env:U1_KEY}" }] }
  - { id: openai, adapter: openai, baseUrl: "${url}/v1", credentials: [{ name: main, secret: "\${env:U1_KEY}" }] }
models:
${[...models('claude'), ...models('google'), ...models('openai')].join('\n')}
  - { id: google/embed, provider: google, upstreamModel: std, kind: embedding, prices: { currency: USD, input: "0.02", output: "0" } }
plans:
  - { id: prepaid, name: Prepaid, models: { allow: ["*"] }, logRetentionDays: 7, prepaid: true }
  - { id: postpaid, name: Postpaid, models: { allow: ["*"] }, logRetentionDays: 7, prepaid: false }
  - { id: narrow, name: Narrow, models: { allow: ["*"] }, logRetentionDays: 7, prepaid: false }
`;

const { subjectOf } = await inProcessGateway(config);
let subject: Subject;
let key: SubjectKey;
let openai: OpenAI;

beforeAll(async () => {
  subject = subjectOf('node');
  key = await subject.createKey({ plan: 'postpaid' });
  openai = new OpenAI({ baseURL: subject.baseUrl, apiKey: key.key, maxRetries: 0 });
});
beforeEach(() => void (subject.upstream.requests.length = 0));

const WEATHER = { type: 'function' as const, function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } };
const sent = () => subject.upstream.requests.at(-1);

describe.each([
  ['claude', '/v1/messages'],
  ['google', '/v1beta/models/std:generateContent'],
] as const)('a chat client and a model of %s', (provider, path) => {
  it('F14 talks, is charged what the provider counted, and hears our own model name', async () => {
    const { data, response } = await openai.chat.completions.create({ model: `${provider}/std`, messages: hello, seed: 7, logprobs: false }).withResponse();
    expect(data).toMatchObject({ model: `${provider}/std`, choices: [{ message: { content: 'hello' }, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: 20 } });
    expect(response.headers.get('x-fairlead-cost-usd')).toBe('0.000180');
    expect(response.headers.get('x-fairlead-mapped')).toBe(provider === 'claude' ? 'seed: removed' : null);
    expect(sent()?.path).toBe(path);
    expect(await key.readRequest(String(response.headers.get('x-request-id')))).toMatchObject({ status: 'completed', finish_reason: 'stop', provider, usage: { input_tokens: 10, output_tokens: 20 } });
  });

  it('streams text, and usage only where it was asked for', async () => {
    const asked = await readStream(await openai.chat.completions.create({ model: `${provider}/std`, messages: hello, stream: true, stream_options: { include_usage: true } }));
    expect(asked).toMatchObject({ text: 'hello', error: null, usages: [{ choices: [], usage: { prompt_tokens: 10, completion_tokens: 20, cost: '0.000180' } }] });
    const unasked = await readStream(await openai.chat.completions.create({ model: `${provider}/std`, messages: hello, stream: true }));
    expect(unasked).toMatchObject({ text: 'hello', error: null, usages: [] });
  });

  it('F02 streams two calls at once, and F05 and F10 brings their results and thoughts back', async () => {
    const parts = [];
    for await (const chunk of await openai.chat.completions.create({ model: `${provider}/parallel-tools`, messages: hello, tools: [WEATHER], stream: true })) {
      parts.push({ kind: 'content' as const, frame: '', chunk: chunk as unknown as Record<string, unknown>, text: '', reasoning: '' });
    }
    expect(callsOf(parts)).toMatchObject([
      { name: 'get_weather', arguments: '{"city":"Paris"}' },
      { name: 'get_time', arguments: '{"zone":"Europe/Paris"}' },
    ]);
    const first = await openai.chat.completions.create({ model: `${provider}/reasoning-tool-call`, messages: hello, tools: [WEATHER] });
    const message = first.choices[0]?.message;
    const id = message?.tool_calls?.[0]?.id ?? '';
    await openai.chat.completions.create({ model: `${provider}/std`, messages: [...hello, message as OpenAI.ChatCompletionMessageParam, { role: 'tool', tool_call_id: id, content: '18' }], tools: [WEATHER] });
    const replayed = JSON.stringify(sent()?.body);
    expect(replayed).toContain(provider === 'claude' ? '"signature":"ZmFrZS1zaWduYXR1cmU="' : '"thoughtSignature":"ZmFrZS10aG91Z2h0"');
    expect(replayed).toContain(provider === 'claude' ? '"type":"tool_result"' : '"functionResponse"');
  });

  it('F12 pays for what was cached at its own price, and F06 is refused what cannot be honoured', async () => {
    const { response } = await openai.chat.completions.create({ model: `${provider}/cached-usage`, messages: hello }).withResponse();
    expect(response.headers.get('x-fairlead-cost-usd')).toBe('0.000171');
    await expect(openai.chat.completions.create({ model: `${provider}/std`, messages: hello, logit_bias: { 5: 1 } })).rejects.toMatchObject({ status: 400, code: 'unsupported_parameter', param: 'logit_bias' });
    await expect(openai.chat.completions.create({ model: `${provider}/status-529`, messages: hello })).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
  });

  it('hears of an answer that broke off', async () => {
    const cut = await readStream(await openai.chat.completions.create({ model: `${provider}/cut-after-4`, messages: hello, stream: true }));
    expect(cut.error).toMatchObject({ code: 'upstream_stream_interrupted' });
  });
});

it('F11 what was written to the cache is part of the prompt, and paid at its own price', async () => {
  const usage = { input_tokens: 3, cache_creation_input_tokens: 12_304, cache_read_input_tokens: 0, output_tokens: 550 };
  subject.upstream.script('std', { body: JSON.stringify({ id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [{ type: 'text', text: 'hello' }], stop_reason: 'end_turn', usage }) });
  const { data, response } = await openai.chat.completions.create({ model: 'claude/std', messages: hello }).withResponse();
  subject.upstream.reset();
  expect(data.usage).toMatchObject({ prompt_tokens: 12_307, completion_tokens: 550, prompt_tokens_details: { cached_tokens: 0 } });
  expect(response.headers.get('x-fairlead-cost-usd')).toBe('0.035166');
});

describe('a client of the provider’s own family', () => {
  it('sends Messages as they are, its beta features too, and gets the events as they came', async () => {
    const anthropic = new Anthropic({ apiKey: key.key, baseURL: subject.baseUrl.replace(/\/v1$/, ''), maxRetries: 0 });
    const stream = anthropic.messages.stream({ model: 'claude/parallel-tools', max_tokens: 64, messages: [{ role: 'user', content: 'hi' }] }, { headers: { 'anthropic-beta': 'one-2026-01-01' } });
    const message = await stream.finalMessage();
    expect(message).toMatchObject({ model: 'claude/parallel-tools', stop_reason: 'tool_use', content: [{ text: 'Let me look.' }, { input: { city: 'Paris' } }, {}] });
    expect(sent()).toMatchObject({ path: '/v1/messages', body: { model: 'parallel-tools', max_tokens: 64, stream: true }, headers: { 'anthropic-beta': 'one-2026-01-01' } });
    expect(await anthropic.messages.countTokens({ model: 'claude/std', messages: [{ role: 'user', content: 'hi' }] })).toMatchObject({ input_tokens: 10 });
    expect(sent()?.path).toBe('/v1/messages/count_tokens');
  });

  it('sends Responses as they are to OpenAI, and gets the events as they came', async () => {
    const response = await openai.responses.stream({ model: 'openai/parallel-tools', input: 'hi', include: ['reasoning.encrypted_content'] }).finalResponse();
    expect(response).toMatchObject({ model: 'openai/parallel-tools', output_text: 'Let me look.' });
    expect(response.output.map(({ type }) => type)).toEqual(['message', 'function_call', 'function_call']);
    expect(sent()).toMatchObject({ path: '/v1/responses', body: { model: 'parallel-tools', include: ['reasoning.encrypted_content'] } });
  });

  it('embeds at Gemini in the packed form that OpenAI’s client asks for', async () => {
    const { data } = await openai.embeddings.create({ model: 'google/embed', input: ['a', 'b'] });
    expect(data.map(({ embedding }) => embedding)).toEqual([
      [0.25, -0.5, 0.75],
      [0.25, -0.5, 0.75],
    ]);
    expect(sent()?.path).toBe('/v1beta/models/std:batchEmbedContents');
  });
});
