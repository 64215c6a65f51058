import { expect, it } from 'vitest';
import { bodyFor } from './replay-request';

const kept = (text: string, truncated = false) => ({ request: { text, bytes: text.length, truncated }, response: null });

it('a replay is the same body with another model', () => {
  const text = '{"model":"a","temperature":0.2,"messages":[{"role":"user","content":"你好"}],"stream":true}';
  expect(JSON.parse(bodyFor({ surface: 'chat', bodies: kept(text) }, 'b') ?? '')).toEqual({ ...JSON.parse(text), model: 'b' });
});

it('what was not kept whole, or was no JSON, cannot be sent again', () => {
  expect(bodyFor({ surface: 'chat', bodies: { request: null, response: null } }, 'b')).toBeNull();
  expect(bodyFor({ surface: 'chat', bodies: kept('{"model":"a"', true) }, 'b')).toBeNull();
  expect(bodyFor({ surface: 'transcriptions', bodies: kept('{}') }, 'b')).toBeNull();
});
