import { describe, expect, it } from 'vitest';
import { findPresetFault } from '@/lib/kernel/preset';
import { buildBody } from './build-body';
import { NO_ANSWER, NO_SETTINGS } from './types';

const turn = (question: string, text: string) => ({ question, images: [], answer: { ...NO_ANSWER, text } });

describe('the request of the playground', () => {
  it('holds the conversation so far and leaves out what was not set', () => {
    expect(buildBody('fast-chat', [turn('Hi', 'Hello'), turn('failed', '')], { text: 'And now?', images: [] }, NO_SETTINGS)).toEqual({
      model: 'fast-chat',
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'And now?' },
      ],
    });
  });

  it('carries system prompt, parameters, tools, JSON mode and images', () => {
    const settings = { system: 'Be brief.', temperature: '0', topP: '0.5', maxTokens: '64', tools: '[{"type":"function"}]', json: true };
    expect(buildBody('m', [], { text: 'What is it?', images: ['data:image/png;base64,AA'] }, settings)).toEqual({
      model: 'm',
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } },
          ],
        },
      ],
      temperature: 0,
      top_p: 0.5,
      max_tokens: 64,
      tools: [{ type: 'function' }],
      response_format: { type: 'json_object' },
    });
  });

  it.each([
    [{ temperature: '3' }, 'temperature'],
    [{ topP: 'a' }, 'topP'],
    [{ maxTokens: '1.5' }, 'maxTokens'],
    [{ tools: '{"type":"function"}' }, 'tools'],
    [{ tools: '[' }, 'tools'],
    [{}, null],
  ] as const)('with %j has its fault in %s', (settings, fault) => {
    expect(findPresetFault({ ...NO_SETTINGS, ...settings })).toBe(fault);
  });
});
