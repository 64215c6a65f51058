import { describe, expect, it } from 'vitest';
import type { WireCall } from '@/lib/wire/call';
import { anthropic } from './adapters/anthropic';
import { openai } from './adapters/openai';
import { ADAPTERS } from './registry';
import { withSafetyIdentifier } from './safety-identifier';

const messages = [{ role: 'user', content: 'hi' }];
const call = (surface: WireCall['surface'], body: WireCall['body'] = {}): WireCall => ({ surface, body: { messages, ...body }, stream: false, wantsUsage: false });
const nameOf = (own: string | null) => `fl_${own ?? 'tenant'}`;

describe('a provider that takes a name for who is behind a call gets one', () => {
  it.each([
    ['safety_identifier', call('chat'), { messages, safety_identifier: 'fl_tenant' }],
    ['safety_identifier', call('responses', { user: 'ada' }), { messages, user: 'ada', safety_identifier: 'fl_ada' }],
    ['user', call('chat', { user: 'ada' }), { messages, user: 'fl_ada' }],
    ['metadata.user_id', call('messages', { metadata: { user_id: 'ada', other: 1 } }), { messages, metadata: { user_id: 'fl_ada', other: 1 } }],
    ['metadata.user_id', call('chat'), { messages, user: 'fl_tenant' }],
  ] as const)('in %s', (field, given, body) => {
    const before = JSON.stringify(given);
    expect(withSafetyIdentifier(given, field, nameOf).body).toEqual(body);
    expect(JSON.stringify(given)).toBe(before);
  });

  it('and a surface without a place for it stays as it is', () => {
    const embeddings = call('embeddings');
    expect(withSafetyIdentifier(embeddings, 'user', nameOf)).toBe(embeddings);
  });
});

it('what a provider is known to refuse is never added for it', () => {
  for (const { id, safety, quirks } of ADAPTERS) if (safety) expect(quirks?.strip ?? [], id).not.toContain(safety);
  expect([openai.safety, anthropic.safety]).toEqual(['safety_identifier', 'metadata.user_id']);
});
