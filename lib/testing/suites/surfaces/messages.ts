import Anthropic from '@anthropic-ai/sdk';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { post, type Subject, type SubjectKey } from '../subject';

const weather: Anthropic.Tool = { name: 'weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } };
const user = (content: Anthropic.MessageParam['content']): Anthropic.MessageParam => ({ role: 'user', content });

/** What `/v1/messages` promises over an upstream that only speaks chat. */
export function messagesSuite(getSubject: () => Subject): void {
  let subject: Subject;
  let key: SubjectKey;
  let client: Anthropic;
  beforeAll(async () => {
    subject = getSubject();
    key = await subject.createKey({ plan: 'postpaid' });
    client = new Anthropic({ apiKey: key.key, baseURL: subject.baseUrl.replace(/\/v1$/, ''), maxRetries: 0 });
  });
  afterEach(() => subject.upstream.reset());

  const sent = () => subject.upstream.requests.at(-1)?.body as Record<string, unknown>;
  const ask = (body: Partial<Anthropic.MessageCreateParamsNonStreaming> = {}) => client.messages.create({ model: 'main', max_tokens: 100, messages: [user('Say hello')], ...body });
  const raw = (body: object, headers: Record<string, string> = {}) => post(subject, null, JSON.stringify({ model: 'main', max_tokens: 100, messages: [user('Say hello')], ...body }), { 'x-api-key': key.key, 'anthropic-version': '2023-06-01', ...headers }, '/messages?beta=true');

  describe('messages', () => {
    it('a whole answer is a message with usage beside its cached tokens, and its cost in the head', async () => {
      const { data, response } = await client.messages.create({ model: 'cached-usage', max_tokens: 100, messages: [user('x')] }).withResponse();
      expect(data).toMatchObject({
        type: 'message', role: 'assistant', model: 'cached-usage', content: [{ type: 'text', text: 'hello' }], stop_reason: 'end_turn', stop_sequence: null,
        usage: { input_tokens: 4, cache_read_input_tokens: 6, cache_creation_input_tokens: 0, output_tokens: 20 },
      });
      expect(response.headers.get('x-fairlead-cost-usd')).toBe('0.000171');
      expect(response.headers.get('request-id')).toMatch(/^req_/);
    });

    it('a stream has named events from message_start to message_stop, a ping, and no [DONE]', async () => {
      const response = await raw({ stream: true });
      const text = await response.text();
      const names = [...text.matchAll(/^event: (\w+)$/gm)].map(([, name]) => name);
      expect(names).toEqual(['message_start', 'ping', 'content_block_start', ...Array(5).fill('content_block_delta'), 'content_block_stop', 'message_delta', 'message_stop']);
      expect(text).not.toContain('[DONE]');
      expect(text).toContain('"usage":{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":20,"cost":"0.000180"}');
    });

    it('the SDK’s stream helper puts the answer together', async () => {
      const final = await client.messages.stream({ model: 'main', max_tokens: 100, messages: [user('x')] }).finalMessage();
      expect(final).toMatchObject({ content: [{ type: 'text', text: 'hello' }], stop_reason: 'end_turn', model: 'std', usage: { output_tokens: 20 } });
    });

    it('system blocks, cache marks, images, stop sequences and tools arrive in the words of chat', async () => {
      const { response } = await client.messages
        .create({
          model: 'main', max_tokens: 64, ...{ temperature: 0.2 }, stop_sequences: ['END'],
          system: [{ type: 'text', text: 'One.' }, { type: 'text', text: 'Two.', cache_control: { type: 'ephemeral' } }],
          tools: [weather, { type: 'web_search_20250305', name: 'web_search' }],
          tool_choice: { type: 'any', disable_parallel_tool_use: true },
          messages: [user([{ type: 'text', text: 'What is it?' }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }])],
        })
        .withResponse();
      expect(sent()).toMatchObject({
        max_tokens: 64, temperature: 0.2, stop: ['END'], tool_choice: 'required', parallel_tool_calls: false,
        tools: [{ type: 'function', function: { name: 'weather', parameters: weather.input_schema } }],
        messages: [{ role: 'system', content: 'One.\n\nTwo.' }, { role: 'user', content: [{ type: 'text', text: 'What is it?' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] }],
      });
      expect(response.headers.get('x-fairlead-mapped')).toMatch(/tools\[1\]: removed.*cache_control: not sent/);
    });

    it('parallel tool calls stream as blocks of their own whose input is whole JSON (F02, F03)', async () => {
      subject.upstream.script('std', { chunks: ['Looking.'], finish: 'tool_calls', tools: [{ id: 'call_a', name: 'weather', arguments: ['{"ci', 'ty":"Oslo"}'] }, { id: 'call_b', name: 'weather', arguments: [] }] });
      const final = await client.messages.stream({ model: 'main', max_tokens: 100, messages: [user('x')], tools: [weather] }).finalMessage();
      expect(final.content).toMatchObject([{ type: 'text', text: 'Looking.' }, { type: 'tool_use', id: 'call_a', name: 'weather', input: { city: 'Oslo' } }, { type: 'tool_use', id: 'call_b', input: {} }]);
      expect(final.stop_reason).toBe('tool_use');
      expect((await ask({ tools: [weather] })).content).toMatchObject([{ type: 'text' }, { type: 'tool_use', input: { city: 'Oslo' } }, { type: 'tool_use', input: {} }]);
    });

    it('two results come back as tool messages in order, an error and an image among them (F05)', async () => {
      await ask({
        tools: [weather],
        messages: [
          user('Oslo and Rome?'),
          { role: 'assistant', content: [{ type: 'text', text: 'Looking.' }, { type: 'tool_use', id: 'a', name: 'weather', input: { city: 'Oslo' } }, { type: 'tool_use', id: 'b', name: 'weather', input: {} }] },
          user([
            { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: '4 degrees' }, { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }] },
            { type: 'tool_result', tool_use_id: 'b', is_error: true, content: 'no city' },
            { type: 'text', text: 'Well?' },
          ]),
        ],
      });
      expect(sent().messages).toEqual([
        { role: 'user', content: 'Oslo and Rome?' },
        { role: 'assistant', content: 'Looking.', tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }, { id: 'b', type: 'function', function: { name: 'weather', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: 'a', content: '4 degrees' },
        { role: 'tool', tool_call_id: 'b', content: 'Error: no city' },
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }, { type: 'text', text: 'Well?' }] },
      ]);
    });

    it.each([true, false])('thoughts come as thinking blocks only when asked for (%s), and return to the model with the next turn (F09)', async (asked) => {
      subject.upstream.script('std', { reasoning: ['I should ', 'look.'], chunks: [], finish: 'tool_calls', tools: [{ id: 'call_a', name: 'weather', arguments: ['{}'] }] });
      const body = { model: 'main', max_tokens: 4_000, tools: [weather], messages: [user('x')], ...(asked ? { thinking: { type: 'enabled' as const, budget_tokens: 1_024 } } : {}) };
      const whole = await client.messages.create(body);
      const streamed = await client.messages.stream(body).finalMessage();
      for (const { content } of [whole, streamed]) {
        expect(content.map(({ type }) => type)).toEqual([asked ? 'thinking' : 'redacted_thinking', 'tool_use']);
        await client.messages.create({ ...body, messages: [user('x'), { role: 'assistant', content: content as Anthropic.ContentBlockParam[] }, user([{ type: 'tool_result', tool_use_id: 'call_a', content: 'ok' }])] });
        expect((sent().messages as unknown[])[1]).toMatchObject({ role: 'assistant', reasoning_content: 'I should look.', tool_calls: [{ id: 'call_a' }] });
      }
    });

    it('structured output is a schema for the target too, never prose (F07)', async () => {
      await ask({ output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } });
      expect(sent().response_format).toEqual({ type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' }, strict: true } });
    });

    it.each([['length', 'max_tokens'], ['content_filter', 'refusal'], ['stop', 'end_turn'], ['weird', 'end_turn']])('the finish reason %s reads %s (F08)', async (finish, stop) => {
      subject.upstream.script('std', { finish });
      expect((await ask()).stop_reason).toBe(stop);
    });

    it('errors come in Anthropic’s envelope with the SDK’s own classes (G03)', async () => {
      await expect(ask({ model: 'mian' })).rejects.toBeInstanceOf(Anthropic.NotFoundError);
      const response = await raw({ max_tokens: 0 });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error', message: expect.any(String), param: 'max_tokens' }, request_id: expect.stringMatching(/^req_/) });
      const stranger = await post(subject, null, '{}', { 'x-api-key': 'sk-wrong', 'anthropic-version': '2023-06-01' }, '/messages');
      expect(await stranger.json()).toMatchObject({ type: 'error', error: { type: 'authentication_error' } });
    });

    it.each([
      [{ messages: [] }, 'messages'],
      [{ messages: [{ role: 'robot', content: 'x' }] }, 'messages[0].role'],
      [{ messages: [{ role: 'user', content: 5 }] }, 'messages[0].content'],
      [{ messages: [{ role: 'user', content: [{}] }] }, 'messages[0].content[0]'],
      [{ max_tokens: undefined }, 'max_tokens'],
      [{ system: 5 }, 'system'],
      [{ tools: {} }, 'tools'],
      [{ stream: 'yes' }, 'stream'],
    ])('%o is a 400 that names the field (G01)', async (body, param) => {
      const response = await raw(body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { param } });
      expect(subject.upstream.requests).toHaveLength(0);
    });

    it('a stream that breaks after its first content ends in an error event (B17)', async () => {
      const text = await (await raw({ model: 'cut-after-4', stream: true })).text();
      expect(text.trimEnd().split('\n\n').at(-1)).toMatch(/^event: error\ndata: \{"type":"error","error":\{"type":"api_error".*upstream_stream_interrupted/);
      await expect(client.messages.stream({ model: 'cut-after-4', max_tokens: 10, messages: [user('x')] }).finalMessage()).rejects.toThrow();
    });

    it('tokens are counted without a call', async () => {
      const { data, response } = await client.messages.countTokens({ model: 'main', messages: [user('x'.repeat(400))] }).withResponse();
      expect(data.input_tokens).toBe(100);
      expect(response.headers.get('x-fairlead-token-count')).toBe('estimated');
      expect(subject.upstream.requests).toHaveLength(0);
    });

    it('the model list pages in Anthropic’s shape', async () => {
      const page = await client.models.list({ limit: 2 });
      expect(page.data).toHaveLength(2);
      expect(page.has_more).toBe(true);
      expect(await client.models.retrieve('main')).toMatchObject({ type: 'model', id: 'main' });
    });
  });
}
