import { describe, expect, it } from 'vitest';
import { RECORDINGS, readRecording, readStream, textOf } from '../../recordings';
import { findAdapter, findDialect } from '../../registry';
import { encode } from './encode';
import { readUsage } from './usage';

const HI = [{ role: 'user', content: 'hi' }];

function send(adapter: string, body: Record<string, unknown>, upstreamModel = 'their-model') {
  const call = { surface: 'chat' as const, body: { model: 'ours', messages: HI, ...body }, stream: body.stream === true, wantsUsage: false };
  const encoded = encode(call, { upstreamModel, quirks: findAdapter(adapter)?.quirks ?? {} });
  return { sent: JSON.parse(String(encoded.body)) as Record<string, unknown>, notes: encoded.notes };
}

const refusal = (adapter: string, body: Record<string, unknown>, model?: string) => {
  try {
    send(adapter, body, model);
  } catch (error) {
    return error as { code: string; extras: { param?: string } };
  }
  throw new Error('the call was not refused');
};

describe('fidelity inside the OpenAI family', () => {
  it('F09 reasoning passes both ways for the providers that think aloud, and a tool turn keeps it', () => {
    const turn = { role: 'assistant', content: '', reasoning_content: 'I need the weather.', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'get_weather', arguments: '{}' } }] };
    const messages = [...HI, turn, { role: 'tool', tool_call_id: 'c1', content: '18' }];
    for (const id of ['deepseek', 'qwen', 'kimi', 'glm', 'doubao']) {
      expect(send(id, { messages }).sent.messages).toEqual(messages);
      const adapter = findAdapter(id);
      const recording = RECORDINGS.find(({ file }) => file === `${id}.stream.txt`);
      if (!adapter || !recording) throw new Error(id);
      const { parts } = readStream(adapter, 'chat', [readRecording(recording)]);
      expect(textOf(parts, 'reasoning'), id).toBe('The user greets me; a short greeting is enough.');
      expect(parts.some((part) => 'frame' in part && part.frame.includes('"reasoning_content":"The user greets me; "')), id).toBe(true);
    }
    const stripped = send('mistral', { messages });
    expect((stripped.sent.messages as object[])[1]).not.toHaveProperty('reasoning_content');
    expect(stripped.notes).toEqual([{ param: 'messages[1].reasoning_content', did: 'removed' }]);
  });

  it('F12 counts cached tokens and reasoning inside their wholes, never on top', () => {
    const usage = { prompt_tokens: 10, completion_tokens: 20, prompt_tokens_details: { cached_tokens: 6 }, completion_tokens_details: { reasoning_tokens: 15 } };
    expect(readUsage(usage, {})).toEqual({ usage: { input: 10, cacheRead: 6, cacheWrite: 0, cacheWrite1h: 0, output: 20, reasoning: 15 }, suspect: false });
    expect(readUsage({ ...usage, prompt_tokens_details: { cached_tokens: 11 } }, {})).toMatchObject({ usage: { input: 10, cacheRead: 10 }, suspect: true });
  });

  it('F13 unknown fields pass, n, logprobs, seed, user and metadata too', () => {
    const body = { n: 2, logprobs: true, top_logprobs: 3, seed: 7, user: 'u', metadata: { a: 'b' }, made_up: { deep: [1] } };
    expect(send('openai-compatible', body)).toEqual({ sent: { model: 'their-model', messages: HI, ...body }, notes: undefined });
    const reply = findDialect('openai-chat').decode('chat', Buffer.from('{"id":"x","made_up":1,"choices":[{"index":0,"message":{"role":"assistant","content":"hi","new":2},"finish_reason":"stop"}]}'), {});
    expect(reply).toMatchObject({ json: { made_up: 1, choices: [{ message: { new: 2 } }] } });
  });

  it('F07 a schema that a provider would not keep to is refused, never answered with other JSON', () => {
    const response_format = { type: 'json_schema', json_schema: { name: 'p', schema: {} } };
    expect(refusal('deepseek', { response_format })).toMatchObject({ code: 'unsupported_parameter', extras: { param: 'response_format.type' } });
    expect(refusal('minimax', { response_format: { type: 'json_object' } }).extras.param).toBe('response_format.type');
    expect(send('deepseek', { response_format: { type: 'json_object' } }).sent).toMatchObject({ response_format: { type: 'json_object' } });
    expect(send('openai', { response_format }).sent).toMatchObject({ response_format });
  });

  it('F06 a tool choice that a model rejects is refused for that model only', () => {
    expect(refusal('kimi', { tool_choice: 'required' }, 'kimi-k2.6').extras.param).toBe('tool_choice');
    expect(send('kimi', { tool_choice: 'required' }, 'kimi-k3').sent.tool_choice).toBe('required');
  });

  it('what is removed is told', () => {
    expect(send('kimi', { temperature: 0.2, top_p: null }, 'kimi-k3').notes).toEqual([{ param: 'temperature', did: 'removed' }]);
    expect(send('mistral', { service_tier: 'auto' }).notes).toEqual([{ param: 'service_tier', did: 'removed' }]);
    expect(send('openai', { temperature: 0.2, max_tokens: 5 }).notes).toBeUndefined();
  });

  it('a wish for reasoning is said with the switch that the provider has', () => {
    expect(send('qwen', { reasoning_effort: 'low' })).toMatchObject({
      sent: { enable_thinking: true, thinking_budget: 2_048 },
      notes: [{ param: 'reasoning_effort', did: 'enable_thinking=true, thinking_budget=2048' }],
    });
    expect(send('qwen', { reasoning_effort: 'none' }).sent).toEqual({ model: 'their-model', messages: HI, enable_thinking: false });
    expect(send('qwen', { reasoning_effort: 'high', enable_thinking: false }).sent).toEqual({ model: 'their-model', messages: HI, enable_thinking: false });
    expect(send('glm', { reasoning_effort: 'none' }, 'glm-4.7').sent).toMatchObject({ thinking: { type: 'disabled' } });
    expect(send('glm', { reasoning_effort: 'high' }, 'glm-5.3').sent).toMatchObject({ reasoning_effort: 'high' });
    expect(send('kimi', { reasoning_effort: 'none' }, 'kimi-k2.6').sent).toMatchObject({ thinking: { type: 'disabled' } });
    expect(send('kimi', { reasoning_effort: 'high' }, 'kimi-k3').sent).toMatchObject({ reasoning_effort: 'high' });
    expect(send('doubao', { reasoning_effort: 'low' }, 'doubao-seed-1-6-flash-250828').sent).toMatchObject({ thinking: { type: 'enabled' } });
    expect(send('doubao', { reasoning_effort: 'low' }, 'doubao-seed-1-6-251015').sent).toMatchObject({ reasoning_effort: 'low' });
    expect(send('deepseek', { reasoning_effort: 'high' }).sent).toMatchObject({ reasoning_effort: 'high' });
  });
});
