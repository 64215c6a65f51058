import { describe, expect, it } from 'vitest';
import { openAiChat } from '../dialects/openai-chat';
import { DEMO_MODELS, type DemoReply, demoReply } from '.';

const { signal } = new AbortController();
const chat = (content: string, more: object = {}) => ({ model: 'x', messages: [{ role: 'user', content }], ...more });

async function bytesOf(reply: DemoReply): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of reply.body) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function whole(model: string, body: Record<string, unknown>, attempt = 1) {
  const reply = await demoReply(model, body, { attempt, signal });
  return { status: reply.status, json: JSON.parse((await bytesOf(reply)).toString()), headers: reply.headers };
}

async function streamed(model: string, body: Record<string, unknown>) {
  const reply = await demoReply(model, { ...body, stream: true, stream_options: { include_usage: true } }, { attempt: 1, signal });
  const reader = openAiChat.reader('chat', {});
  const parts = [...reader.push(await bytesOf(reply)), ...reader.end()];
  return { parts, text: parts.map((part) => ('text' in part ? part.text : '')).join(''), usage: reader.usage() };
}

describe('the demo provider', () => {
  it('echoes the prompt, the same whole and streamed, with the same count', async () => {
    const body = chat('Hello there, 你好 🙂 and a_very_long_word_without_any_space');
    const one = await whole('demo/echo', body);
    const many = await streamed('demo/echo', body);
    expect(one.json.choices[0].message.content).toBe(body.messages[0]?.content);
    expect(many.text).toBe(body.messages[0]?.content);
    expect(many.usage).toMatchObject({ input: one.json.usage.prompt_tokens, output: one.json.usage.completion_tokens });
    expect(many.parts.filter((part) => part.kind === 'content').length).toBeGreaterThan(5);
  });

  it('gives the same answer, id and count every time', async () => {
    const { created: _first, ...first } = (await whole('demo/echo', chat('again'))).json;
    const { created: _second, ...second } = (await whole('echo', chat('again'))).json;
    expect(second).toEqual(first);
    expect((await whole('demo/echo', chat('other'))).json.id).not.toBe(first.id);
  });

  it("stops at the caller's limit and says so", async () => {
    const { json } = await whole('demo/lorem', chat('go', { max_tokens: 3 }));
    expect(json.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'Lorem ipsum dolor' } });
    expect(json.usage.completion_tokens).toBe(3);
  });

  it('calls a tool with arguments that fit its schema, then repeats the result', async () => {
    const parameters = {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 2 }, unit: { enum: ['c', 'f'] } },
      required: ['city', 'days', 'unit'],
    };
    const tools = [{ type: 'function', function: { name: 'get_weather', parameters } }];
    const { json } = await whole('demo/tools', chat('weather?', { tools }));
    const call = json.choices[0].message.tool_calls[0];
    expect(json.choices[0].finish_reason).toBe('tool_calls');
    expect(JSON.parse(call.function.arguments)).toEqual({ city: 'city', days: 2, unit: 'c' });
    const { parts } = await streamed('demo/tools', chat('weather?', { tools }));
    expect(parts.find((part) => part.kind === 'finish')).toMatchObject({ finish: 'tool_calls' });
    const after = await whole('demo/tools', {
      ...chat('weather?', { tools }),
      messages: [
        { role: 'user', content: 'weather?' },
        { role: 'tool', tool_call_id: call.id, content: '21 °C' },
      ],
    });
    expect(after.json.choices[0].message.content).toContain('21 °C');
  });

  it('writes JSON that fits the schema', async () => {
    const schema = { type: 'object', properties: { name: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } }, ok: { type: 'boolean' } } };
    const { json } = await whole('demo/json', chat('x', { response_format: { type: 'json_schema', json_schema: { name: 'n', schema } } }));
    expect(JSON.parse(json.choices[0].message.content)).toEqual({ name: 'name', tags: ['tags'], ok: true });
  });

  it('fails where it says it fails', async () => {
    expect(await whole('demo/flaky', chat('x'), 1)).toMatchObject({ status: 503 });
    expect(await whole('demo/flaky', chat('x'), 2)).toMatchObject({ status: 200 });
    expect(await whole('demo/down', chat('x'), 9)).toMatchObject({ status: 503 });
    expect(await whole('demo/ratelimit', chat('x'))).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    expect(await whole('demo/nothing', chat('x'))).toMatchObject({ status: 404 });
    expect(await whole('demo/embed', chat('x'))).toMatchObject({ status: 400 });
    expect(await whole('demo/echo', { model: 'x', input: 'a' })).toMatchObject({ status: 400 });
  });

  it('embeds equal texts equally, as numbers or as base64', async () => {
    const { json } = await whole('demo/embed', { model: 'x', input: ['a cat', 'a cat', 'a dog'], dimensions: 64 });
    const [one, two, three] = json.data.map((item: { embedding: number[] }) => item.embedding);
    expect(one).toHaveLength(64);
    expect(two).toEqual(one);
    expect(three).not.toEqual(one);
    expect(Math.hypot(...one)).toBeCloseTo(1, 5);
    const packed = await whole('demo/embed', { model: 'x', input: 'a cat', dimensions: 64, encoding_format: 'base64' });
    expect(Array.from(new Float32Array(new Uint8Array(Buffer.from(packed.json.data[0].embedding, 'base64')).buffer))).toEqual(one);
    expect(packed.json.usage).toEqual({ prompt_tokens: 2, total_tokens: 2 });
  });

  it('answers several choices and plain completions', async () => {
    expect((await whole('demo/echo', chat('x', { n: 3 }))).json.choices).toHaveLength(3);
    const { json } = await whole('demo/echo', { model: 'x', prompt: 'once upon' });
    expect(json).toMatchObject({ object: 'text_completion', choices: [{ text: 'once upon', finish_reason: 'stop' }] });
  });

  it('stops waiting when the caller leaves', async () => {
    const leaving = new AbortController();
    const slow = demoReply('demo/slow', chat('x'), { attempt: 1, signal: leaving.signal });
    leaving.abort(new Error('left'));
    await expect(slow).rejects.toThrow('left');
  });

  it('lists its models', () => {
    expect(DEMO_MODELS).toHaveLength(9);
  });
});
