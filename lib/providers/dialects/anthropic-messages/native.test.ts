import { expect, it } from 'vitest';
import { encode } from './encode';

const body = {
  model: 'advanced-reasoning',
  max_tokens: 1_000,
  messages: [{ role: 'user', content: [{ type: 'text', text: 'hi', cache_control: { type: 'ephemeral' } }] }],
  thinking: { type: 'adaptive' },
  context_management: { edits: [] },
  made_up: { by: 'a client' },
};
const call = { surface: 'messages' as const, body, stream: true, wantsUsage: false, headers: { 'anthropic-version': '2026-10-21', 'anthropic-beta': ['a-1', 'b-2'], cookie: 'session=1', 'x-api-key': 'sk-fl-x' } };
const target = { upstreamModel: 'claude-opus-5', quirks: {} };

it('a Messages call keeps every field but the model, its version and its beta features', () => {
  const encoded = encode(call, target);
  expect(JSON.parse(String(encoded.body))).toEqual({ ...body, model: 'claude-opus-5' });
  expect(encoded.headers).toEqual({ 'content-type': 'application/json', accept: 'text/event-stream', 'anthropic-version': '2026-10-21', 'anthropic-beta': 'a-1,b-2' });
  expect(encoded).toMatchObject({ path: '/v1/messages' });
  expect(encoded.notes).toBeUndefined();
  expect(JSON.parse(String(encode(call, { ...target, outputLimit: 500 }).body))).toMatchObject({ max_tokens: 500 });
});

it('counting tokens has a path of its own and takes no limit', () => {
  const { max_tokens: _unused, ...counted } = body;
  const encoded = encode({ ...call, body: counted, stream: false, countTokens: true }, { ...target, outputLimit: 500 });
  expect(encoded.path).toBe('/v1/messages/count_tokens');
  expect(JSON.parse(String(encoded.body))).toEqual({ ...counted, model: 'claude-opus-5' });
});

it('a surface that is not its own is not served', () => {
  expect(() => encode({ ...call, surface: 'images' }, target)).toThrow(/does not serve images/);
});
