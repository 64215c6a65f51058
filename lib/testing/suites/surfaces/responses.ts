import type OpenAI from 'openai';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, post, type Subject, type SubjectKey } from '../subject';

type Event = OpenAI.Responses.ResponseStreamEvent;

const weather: OpenAI.Responses.FunctionTool = { type: 'function', name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } }, strict: false };

/** What `/v1/responses` promises over an upstream that only speaks chat. */
export function responsesSuite(getSubject: () => Subject): void {
  let subject: Subject;
  let key: SubjectKey;
  let client: OpenAI;
  beforeAll(async () => {
    subject = getSubject();
    key = await subject.createKey({ plan: 'postpaid' });
    client = clientOf(subject, key.key);
  });
  afterEach(() => subject.upstream.reset());

  const events = async (body: Partial<OpenAI.Responses.ResponseCreateParamsStreaming> & { model?: string }): Promise<Event[]> => {
    const stream = await client.responses.create({ model: 'main', input: 'Say hello', ...body, stream: true } as OpenAI.Responses.ResponseCreateParamsStreaming);
    const all: Event[] = [];
    for await (const event of stream) all.push(event);
    return all;
  };
  const sent = () => subject.upstream.requests.at(-1)?.body as Record<string, unknown>;

  describe('responses', () => {
    it('a stream has every event in order, with sequence numbers, and ends in completed with usage and no [DONE]', async () => {
      const all = await events({});
      expect(all.map(({ type }) => type)).toEqual([
        'response.created', 'response.in_progress', 'response.output_item.added', 'response.content_part.added',
        'response.output_text.delta', 'response.output_text.delta', 'response.output_text.delta', 'response.output_text.delta', 'response.output_text.delta',
        'response.output_text.done', 'response.content_part.done', 'response.output_item.done', 'response.completed',
      ]);
      expect(all.map(({ sequence_number: n }) => n)).toEqual(all.map((_, index) => index));
      const last = all.at(-1) as Extract<Event, { type: 'response.completed' }>;
      expect(last.response).toMatchObject({
        object: 'response', status: 'completed', model: 'std',
        output: [{ type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'hello', annotations: [] }] }],
        usage: { input_tokens: 10, output_tokens: 20, total_tokens: 30, input_tokens_details: { cached_tokens: 0 }, output_tokens_details: { reasoning_tokens: 0 }, cost: '0.000180' },
      });
      const raw = await (await post(subject, key.key, JSON.stringify({ model: 'main', input: 'x', stream: true }), {}, '/responses')).text();
      expect(raw).not.toContain('[DONE]');
      for (const block of raw.split('\n\n').filter(Boolean)) expect(block).toMatch(/^event: (\S+)\ndata: \{"type":"\1"/);
    });

    it('the SDK’s own stream helper puts the answer together', async () => {
      const stream = client.responses.stream({ model: 'main', input: 'Say hello' });
      const final = await stream.finalResponse();
      expect(final.output_text).toBe('hello');
      expect(final.usage).toMatchObject({ input_tokens: 10, output_tokens: 20 });
    });

    it('a whole answer has every field of the published schema', async () => {
      const { data, response } = await client.responses.create({ model: 'main', input: 'Say hello', metadata: { a: 'b' }, temperature: 0.5 }).withResponse();
      expect(data).toMatchObject({ output_text: 'hello', status: 'completed', model: 'std', metadata: { a: 'b' }, temperature: 0.5, error: null, incomplete_details: null, store: false, usage: { input_tokens: 10, output_tokens: 20 } });
      for (const field of ['id', 'object', 'created_at', 'instructions', 'max_output_tokens', 'parallel_tool_calls', 'previous_response_id', 'reasoning', 'text', 'tool_choice', 'tools', 'top_p', 'truncation', 'user', 'background']) expect(data).toHaveProperty(field);
      expect(response.headers.get('x-fairlead-cost-usd')).toBe('0.000180');
      expect(response.headers.get('x-fairlead-alias')).toBe('main');
    });

    it('tool calls stream their arguments, in parallel, each under its own id (F02)', async () => {
      subject.upstream.script('std', { chunks: [], finish: 'tool_calls', tools: [{ id: 'call_a', name: 'weather', arguments: ['{"ci', 'ty":"Oslo"}'] }, { id: 'call_b', name: 'weather', arguments: ['{"city":"Rome"}'] }] });
      const all = await events({ tools: [weather] });
      expect(all.filter(({ type }) => type === 'response.function_call_arguments.delta').length).toBeGreaterThan(2);
      const last = all.at(-1) as Extract<Event, { type: 'response.completed' }>;
      expect(last.response.output).toMatchObject([
        { type: 'function_call', call_id: 'call_a', name: 'weather', arguments: '{"city":"Oslo"}', status: 'completed' },
        { type: 'function_call', call_id: 'call_b', name: 'weather', arguments: '{"city":"Rome"}', status: 'completed' },
      ]);
      expect(sent().tools).toEqual([{ type: 'function', function: { name: 'weather', parameters: weather.parameters } }]);
    });

    it('a tool without arguments is called with an empty object (F03)', async () => {
      subject.upstream.script('std', { chunks: [], finish: 'tool_calls', tools: [{ id: 'call_a', name: 'weather', arguments: [] }] });
      expect((await client.responses.create({ model: 'main', input: 'x', tools: [weather] })).output).toMatchObject([{ type: 'function_call', arguments: '{}' }]);
      expect(((await events({ tools: [weather] })).at(-1) as Extract<Event, { type: 'response.completed' }>).response.output).toMatchObject([{ type: 'function_call', arguments: '{}' }]);
    });

    it('a conversation with calls, results and reasoning reaches the model in order, and its reasoning comes back (F09)', async () => {
      subject.upstream.script('std', { reasoning: ['I should ', 'look.'], chunks: [], finish: 'tool_calls', tools: [{ id: 'call_a', name: 'weather', arguments: ['{"city":"Oslo"}'] }] });
      const first = await client.responses.create({ model: 'main', input: 'Oslo?', instructions: 'Be brief.', tools: [weather], include: ['reasoning.encrypted_content'] });
      expect(first.output[0]).toMatchObject({ type: 'reasoning', summary: [{ type: 'summary_text', text: 'I should look.' }], encrypted_content: expect.any(String) });
      await client.responses.create({
        model: 'main',
        instructions: 'Be brief.',
        tools: [weather],
        input: [{ role: 'user', content: 'Oslo?' }, ...(first.output as OpenAI.Responses.ResponseInputItem[]), { type: 'function_call_output', call_id: 'call_a', output: '4 degrees' }],
      });
      expect(sent().messages).toEqual([
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Oslo?' },
        { role: 'assistant', content: null, reasoning_content: 'I should look.', tool_calls: [{ id: 'call_a', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }] },
        { role: 'tool', tool_call_id: 'call_a', content: '4 degrees' },
      ]);
    });

    it('reasoning streams as its own item before the text', async () => {
      subject.upstream.script('std', { reasoning: ['hm', 'm'] });
      const types = (await events({})).map(({ type }) => type);
      expect(types.indexOf('response.reasoning_summary_text.delta')).toBeLessThan(types.indexOf('response.output_text.delta'));
      expect(types.filter((type) => type === 'response.output_item.done')).toHaveLength(2);
    });

    it('images, structured output and limits arrive in the words of chat', async () => {
      await client.responses.create({
        model: 'reasoner',
        max_output_tokens: 50,
        reasoning: { effort: 'low' },
        text: { format: { type: 'json_schema', name: 'answer', strict: true, schema: { type: 'object' } } },
        input: [{ role: 'user', content: [{ type: 'input_text', text: 'What is it?' }, { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'low' }] }],
      });
      expect(sent()).toMatchObject({
        max_tokens: 50,
        reasoning_effort: 'low',
        response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: { type: 'object' } } },
        messages: [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } }] }],
      });
    });

    it('a hosted tool that the target cannot run is removed and named, not refused', async () => {
      const { response } = await client.responses.create({ model: 'main', input: 'x', tools: [weather, { type: 'web_search' }] }).withResponse();
      expect(response.headers.get('x-fairlead-mapped')).toContain('tools[1]: removed (web_search');
      expect(sent().tools).toHaveLength(1);
    });

    it('custom tools are called with free text under their own kind', async () => {
      subject.upstream.script('std', { chunks: [], finish: 'tool_calls', tools: [{ id: 'call_a', name: 'patch', arguments: ['{"input":"*** Begin"}'] }] });
      const all = await events({ tools: [{ type: 'custom', name: 'patch', description: 'Applies a patch' }] });
      expect((all.at(-1) as Extract<Event, { type: 'response.completed' }>).response.output).toMatchObject([{ type: 'custom_tool_call', call_id: 'call_a', name: 'patch', input: '*** Begin' }]);
      expect(all.map(({ type }) => type)).toContain('response.custom_tool_call_input.done');
    });

    it.each([
      [{ previous_response_id: 'resp_1' }, 'previous_response_id'],
      [{ store: true }, 'store'],
      [{ background: true }, 'background'],
      [{ conversation: 'conv_1' }, 'conversation'],
      [{ input: [{ type: 'item_reference', id: 'msg_1' }] }, 'input[0].type'],
      [{ input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'file_1' }] }] }, 'input[0].content[0].file_id'],
    ])('%o is refused by name, because nothing is stored here', async (more, param) => {
      await expect(client.responses.create({ model: 'main', input: 'x', ...more } as OpenAI.Responses.ResponseCreateParamsNonStreaming)).rejects.toMatchObject({ status: 400, code: 'unsupported_parameter', param });
    });

    it.each([
      ['{"model":"main"}', 'input'],
      ['{"input":"x"}', 'model'],
      ['{"model":"main","input":[]}', 'input'],
      ['{"model":"main","input":[{"role":"robot","content":"x"}]}', 'input[0].role'],
      ['{"model":"main","input":"x","stream":"yes"}', 'stream'],
      ['{"model":"main","input":"x","max_output_tokens":0}', 'max_output_tokens'],
      ['{"model":"main","input":"x","tools":{}}', 'tools'],
    ])('%s is a 400 that names the field (G01)', async (body, param) => {
      const response = await post(subject, key.key, body, {}, '/responses');
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error', param } });
    });

    it('an answer cut by its limit is incomplete, not completed', async () => {
      subject.upstream.script('std', { finish: 'length' });
      const last = (await events({})).at(-1);
      expect(last).toMatchObject({ type: 'response.incomplete', response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } } });
    });

    it('a stream that breaks after its first content ends in response.failed with what was said (B17)', async () => {
      const all = await events({ model: 'cut-after-4' });
      expect(all.at(-1)).toMatchObject({ type: 'response.failed', response: { status: 'failed', error: { code: 'upstream_stream_interrupted' }, output: [{ type: 'message', status: 'incomplete' }] } });
    });

    it.each(['GET', 'DELETE'])('%s of a stored response is a 404 that says so', async (method) => {
      const response = await fetch(`${subject.baseUrl}/responses/resp_123`, { method, headers: { authorization: `Bearer ${key.key}` } });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'unsupported_endpoint', message: expect.stringContaining('stored') } });
    });

    it('a failure before any content is an HTTP status (B18)', async () => {
      await expect(events({ model: 'status-503' })).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
    });
  });
}
