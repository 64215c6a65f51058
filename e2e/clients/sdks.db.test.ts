import Anthropic from '@anthropic-ai/sdk';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { HumanMessage } from '@langchain/core/messages';
import { tool as langTool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { generateText, type LanguageModel, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inProcessGateway } from '@/lib/testing/suites/in-process';
import type { Subject, SubjectKey } from '@/lib/testing/suites/subject';

const { subjectOf } = await inProcessGateway();
let subject: Subject;
let key: SubjectKey;

beforeAll(async () => {
  subject = subjectOf('node');
  key = await subject.createKey({ plan: 'postpaid' });
});
afterEach(() => subject.upstream.reset());

const origin = () => subject.baseUrl.replace(/\/v1$/, '');

/** Calls `weather` first; once its result is there, tells it. */
function scriptToolLoop(): void {
  subject.upstream.script('std', ({ body }) => {
    const result = (body as { messages: { role: string; content: unknown }[] }).messages.find(({ role }) => role === 'tool');
    if (result) return { chunks: ['It is ', String(result.content), '.'] };
    return { chunks: [], finish: 'tool_calls', tools: [{ id: 'call_weather1', name: 'weather', arguments: ['{"ci', 'ty":"Oslo"}'] }] };
  });
}

describe('the openai package', () => {
  const client = () => new OpenAI({ baseURL: subject.baseUrl, apiKey: key.key });

  it('chats, streams and runs a tool', async () => {
    expect((await client().chat.completions.create({ model: 'main', messages: [{ role: 'user', content: 'x' }] })).choices[0]?.message.content).toBe('hello');
    scriptToolLoop();
    const runner = client().chat.completions.runTools({
      model: 'main', stream: true, messages: [{ role: 'user', content: 'Oslo?' }],
      tools: [{ type: 'function', function: { name: 'weather', description: 'Tells it', parameters: { type: 'object', properties: { city: { type: 'string' } } }, parse: JSON.parse as (text: string) => { city: string }, function: ({ city }: { city: string }) => `4 degrees in ${city}` } }],
    });
    expect(await runner.finalContent()).toBe('It is 4 degrees in Oslo.');
  });

  it('speaks Responses, whole, as a stream and with parsed output', async () => {
    expect((await client().responses.create({ model: 'main', input: 'x' })).output_text).toBe('hello');
    const stream = client().responses.stream({ model: 'main', input: 'x' });
    let text = '';
    stream.on('response.output_text.delta', ({ delta }) => (text += delta));
    await stream.finalResponse();
    expect(text).toBe('hello');
    subject.upstream.script('std', { chunks: ['{"city":', '"Oslo"}'] });
    const parsed = await client().responses.parse({ model: 'main', input: 'x', text: { format: { type: 'json_schema', name: 'place', schema: { type: 'object' } } } });
    expect(parsed.output_text).toBe('{"city":"Oslo"}');
  });

  it('embeds, paints, speaks, listens and judges', async () => {
    expect((await client().embeddings.create({ model: 'embedder', input: 'x' })).data[0]?.embedding).toEqual([0.25, -0.5, 0.75]);
    expect((await client().images.generate({ model: 'painter', prompt: 'x' })).data?.[0]?.b64_json).toBeTruthy();
    expect((await (await client().audio.speech.create({ model: 'speaker', voice: 'alloy', input: 'x' })).arrayBuffer()).byteLength).toBeGreaterThan(0);
    expect((await client().audio.transcriptions.create({ model: 'listener', file: await OpenAI.toFile(Buffer.from('x'), 'a.mp3') })).text).toBe('hello');
    expect((await client().moderations.create({ model: 'judge', input: 'x' })).results).toHaveLength(1);
  });
});

describe('the @anthropic-ai/sdk package', () => {
  const client = () => new Anthropic({ baseURL: origin(), authToken: key.key, apiKey: null });

  it('asks, streams and loops through a tool', async () => {
    expect((await client().messages.create({ model: 'main', max_tokens: 50, messages: [{ role: 'user', content: 'x' }] })).content).toMatchObject([{ type: 'text', text: 'hello' }]);
    scriptToolLoop();
    const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'Oslo?' }];
    const body = { model: 'main', max_tokens: 50, tools: [{ name: 'weather', input_schema: { type: 'object' as const } }] };
    const first = await client().messages.stream({ ...body, messages }).finalMessage();
    const use = first.content.find((block) => block.type === 'tool_use');
    expect(use).toMatchObject({ name: 'weather', input: { city: 'Oslo' } });
    messages.push({ role: 'assistant', content: first.content as Anthropic.ContentBlockParam[] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: use?.id ?? '', content: '4 degrees' }] });
    expect((await client().messages.stream({ ...body, messages }).finalMessage()).content).toMatchObject([{ type: 'text', text: 'It is 4 degrees.' }]);
  });
});

describe('the Vercel AI SDK', () => {
  const models: [string, () => LanguageModel][] = [
    ['@ai-sdk/openai-compatible', () => createOpenAICompatible({ name: 'fairlead', baseURL: subject.baseUrl, apiKey: key.key, includeUsage: true })('main')],
    ['@ai-sdk/openai (Responses)', () => createOpenAI({ baseURL: subject.baseUrl, apiKey: key.key })('main')],
    ['@ai-sdk/openai (chat)', () => createOpenAI({ baseURL: subject.baseUrl, apiKey: key.key }).chat('main')],
    ['@ai-sdk/anthropic', () => createAnthropic({ baseURL: subject.baseUrl, apiKey: key.key })('main')],
  ];

  it.each(models)('%s generates, streams with usage, and loops through a tool', async (_name, model) => {
    expect((await generateText({ model: model(), prompt: 'x' })).text).toBe('hello');
    const stream = streamText({ model: model(), prompt: 'x' });
    let text = '';
    for await (const piece of stream.textStream) text += piece;
    expect(text).toBe('hello');
    expect(await stream.usage).toMatchObject({ inputTokens: 10, outputTokens: 20 });
    scriptToolLoop();
    const looped = streamText({
      model: model(), prompt: 'Oslo?', stopWhen: stepCountIs(3),
      tools: { weather: tool({ description: 'Tells it', inputSchema: z.object({ city: z.string() }), execute: async ({ city }) => `4 degrees in ${city}` }) },
    });
    expect(await looped.text).toContain('4 degrees in Oslo');
    expect(await looped.finishReason).toBe('stop');
  });

  it.each(models)('%s reads an error as the call error it is, without trying again', async (_name, model) => {
    subject.upstream.script('std', { status: 400 });
    await expect(generateText({ model: model(), prompt: 'x', maxRetries: 0 })).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe('LangChain', () => {
  const model = (useResponsesApi: boolean) => new ChatOpenAI({ model: 'main', apiKey: key.key, configuration: { baseURL: subject.baseUrl }, useResponsesApi, maxRetries: 0 });

  it.each([false, true])('asks, streams and calls a tool (Responses: %s)', async (useResponsesApi) => {
    expect((await model(useResponsesApi).invoke('x')).text).toBe('hello');
    let text = '';
    for await (const piece of await model(useResponsesApi).stream('x')) text += piece.text;
    expect(text).toBe('hello');
    scriptToolLoop();
    const weather = langTool(({ city }: { city: string }) => city, { name: 'weather', description: 'Tells it', schema: z.object({ city: z.string() }) });
    const called = await model(useResponsesApi).bindTools([weather]).invoke([new HumanMessage('Oslo?')]);
    expect(called.tool_calls).toMatchObject([{ name: 'weather', args: { city: 'Oslo' } }]);
  });

  it('embeds', async () => {
    const embeddings = new OpenAIEmbeddings({ model: 'embedder', apiKey: key.key, configuration: { baseURL: subject.baseUrl } });
    expect(await embeddings.embedDocuments(['a', 'b'])).toHaveLength(2);
  });
});
