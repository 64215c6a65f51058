import { describe, expect, it } from 'vitest';
import type { CompiledPreset } from '@/lib/policy';
import type { JsonObject, Surface, WireCall } from '@/lib/wire/call';
import { applyPreset } from './apply-preset';

const tool = { type: 'function', function: { name: 'find', description: 'Finds.', parameters: { type: 'object' } } };
const preset: CompiledPreset = {
  slug: 'support',
  version: 3,
  model: 'fast-chat',
  system: 'Be kind.',
  fields: { temperature: 0.2, max_tokens: 50, tools: [tool], response_format: { type: 'json_object' } },
};
const asked: (readonly [string, number | null])[] = [];
const policy = {
  preset: async (_org: string, slug: string, version: number | null) => {
    asked.push([slug, version]);
    return slug === 'support' && (version ?? 3) === 3 ? preset : null;
  },
};
const put = async (surface: Surface, body: JsonObject) => {
  const call = { surface, body, stream: false, wantsUsage: false } as WireCall;
  return applyPreset({ policy } as never, { caller: { org: { id: 'org_a' } } } as never, call);
};

describe('a call by a preset', () => {
  it('is what the client could have written itself, on each surface', async () => {
    const user = { role: 'user', content: 'Hi' };
    expect(await put('chat', { model: 'preset/support', messages: [user] })).toMatchObject({ name: 'support@3', model: 'fast-chat' });
    expect((await put('chat', { model: 'preset/support', messages: [user] }))?.call.body).toEqual({
      model: 'fast-chat',
      messages: [{ role: 'system', content: 'Be kind.' }, user],
      temperature: 0.2,
      max_tokens: 50,
      tools: [tool],
      response_format: { type: 'json_object' },
    });
    expect((await put('responses', { model: 'preset/support', input: 'Hi', instructions: 'Short.' }))?.call.body).toEqual({
      model: 'fast-chat',
      input: 'Hi',
      instructions: 'Be kind.\n\nShort.',
      temperature: 0.2,
      max_output_tokens: 50,
      tools: [{ type: 'function', ...tool.function }],
      text: { format: { type: 'json_object' } },
    });
    expect(
      (await put('messages', { model: 'preset/support', max_tokens: 9, messages: [user], system: [{ type: 'text', text: 'Short.' }] }))?.call.body,
    ).toEqual({
      model: 'fast-chat',
      max_tokens: 9,
      messages: [user],
      system: [
        { type: 'text', text: 'Be kind.' },
        { type: 'text', text: 'Short.' },
      ],
      temperature: 0.2,
      tools: [{ name: 'find', description: 'Finds.', input_schema: { type: 'object' } }],
    });
    expect((await put('completions', { model: 'preset/support', prompt: 'Once' }))?.call.body).toMatchObject({ prompt: 'Be kind.\n\nOnce', max_tokens: 50 });
    expect((await put('embeddings', { model: 'preset/support', input: 'Hi' }))?.call.body).toEqual({ model: 'fast-chat', input: 'Hi' });
  });

  it('keeps what the client set', async () => {
    const body = (await put('chat', { model: 'preset/support@3', messages: [], temperature: 0, max_completion_tokens: 7, tools: [] }))?.call.body;
    expect(body).toMatchObject({ temperature: 0, max_completion_tokens: 7, tools: [] });
    expect(body).not.toHaveProperty('max_tokens');
  });

  it('of a preset or a version that is not there is left as it came, and asks nobody when it names none', async () => {
    for (const model of ['preset/other', 'preset/support@2', 'preset/', 'preset/a/b', 'preset/support@0', 'preset/Support'])
      expect(await put('chat', { model, messages: [] }), model).toBeNull();
    asked.length = 0;
    for (const model of ['fast-chat', 'presets/support']) expect(await put('chat', { model, messages: [] })).toBeNull();
    expect(asked).toEqual([]);
  });
});
