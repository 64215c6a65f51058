import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DoorName } from '@/lib/testing/gateway';
import { inProcessGateway } from '@/lib/testing/suites/in-process';
import { hello, post, type Subject, type SubjectKey } from '@/lib/testing/suites/subject';

const { subjectOf, gateway } = await inProcessGateway();
const EVERY_MS = 150;

describe.each<DoorName>(['node', 'web'])('silence through the %s door', (door) => {
  let subject: Subject;
  let key: SubjectKey;
  beforeAll(async () => {
    gateway().deps.keepAliveMs = EVERY_MS;
    subject = subjectOf(door);
    key = await subject.createKey({ plan: 'postpaid' });
  });
  afterEach(() => subject.upstream.reset());

  const stream = (path: string, body: object) => post(subject, key.key, JSON.stringify({ model: 'std', stream: true, ...body }), {}, path);
  const chat = (body: object = {}) => stream('/chat/completions', { messages: hello, ...body });

  it('is filled with comments, and the last chunk repeats who answered, because the head could not know (D21)', async () => {
    subject.upstream.script('std', { firstTokenMs: 700 });
    const response = await chat({ stream_options: { include_usage: true } });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-fairlead-model')).toBeNull();
    const events = (await response.text()).split('\n\n').filter(Boolean);
    expect(events.filter((event) => event === ': keep-alive').length).toBeGreaterThanOrEqual(2);
    const usage = JSON.parse(events.at(-2)?.slice('data: '.length) ?? '{}') as Record<string, unknown>;
    expect(usage).toMatchObject({ choices: [], usage: { cost: '0.000180' }, fairlead: { provider: 'u1', model: 'std', attempts: 1 } });
    expect(events.at(-1)).toBe('data: [DONE]');
  });

  it('between two chunks is filled too, and leaves the head as it was', async () => {
    subject.upstream.script('std', { stallAfter: 3 });
    const response = await chat();
    expect(response.headers.get('x-fairlead-model')).toBe('std');
    const text = await response.text();
    expect(text).toContain(': keep-alive');
    expect(text).not.toContain('"fairlead"');
    expect(text).toContain('upstream_stream_interrupted');
  });

  it('that ends in a failure is told in the stream, in each surface’s own way (B17)', async () => {
    const fails = { delayMs: 400, status: 500 };
    subject.upstream.script('std', fails);
    const chatEvents = (await (await chat()).text()).split('\n\n').filter(Boolean);
    expect(chatEvents[0]).toBe(': keep-alive');
    expect(JSON.parse(chatEvents.at(-2)?.slice('data: '.length) ?? '{}')).toMatchObject({ error: { code: 'upstream_stream_interrupted' }, fairlead: { provider: 'u1', model: 'std', attempts: 2 } });
    expect(chatEvents.at(-1)).toBe('data: [DONE]');

    subject.upstream.script('std', fails);
    const responses = await (await stream('/responses', { input: 'x' })).text();
    expect(responses.trimEnd().split('\n\n').at(-1)).toMatch(/^event: response\.failed\ndata: .*upstream_stream_interrupted/);

    subject.upstream.script('std', fails);
    const messages = await (await stream('/messages', { messages: hello, max_tokens: 10 })).text();
    expect(messages.trimEnd().split('\n\n').at(-1)).toMatch(/^event: error\ndata: .*upstream_stream_interrupted/);
    expect(messages).not.toContain('[DONE]');
  });

  it('after a first target is no bar to the next one', async () => {
    const response = await chat({ model: 'slow-then-std', stream: true });
    const text = await response.text();
    expect(text).toContain(': keep-alive');
    expect(text).toContain('"content":"h"');
    expect(text).toContain('"fairlead":{"provider":"u1","model":"std","attempts":2}');
  });

  it('arguments of a tool keep characters that arrive one byte at a time (B13)', async () => {
    subject.upstream.script('std', { chunks: [], finish: 'tool_calls', bytesPerWrite: 1, tools: [{ id: 'c', name: 'f', arguments: ['{"x":"你', '好🙂é"}'] }] });
    const text = await (await chat()).text();
    const args = [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, json]) => JSON.parse(json as string).choices?.[0]?.delta?.tool_calls?.[0]?.function?.arguments ?? '').join('');
    expect(args).toBe('{"x":"你好🙂é"}');
  });
});
