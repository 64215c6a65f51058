import { expect, it } from 'vitest';
import { curlCommand } from './curl-command';

it('sends the same body again and survives quotes in it', () => {
  const body = { text: `{"model":"std","messages":[{"role":"user","content":"it's"}]}`, bytes: 1, truncated: false };
  const command = curlCommand({ surface: 'chat', stream: true, bodies: { request: body, response: null } }, 'https://llm.example.com');
  expect(command).toContain('curl -N https://llm.example.com/v1/chat/completions');
  expect(command).toContain(`"content":"it'\\''s"`);
  expect(command).not.toContain('sk-fl-');
});

it('does not offer half a body', () => {
  expect(
    curlCommand({ surface: 'chat', stream: false, bodies: { request: { text: '{', bytes: 9, truncated: true }, response: null } }, 'https://x'),
  ).toBeNull();
});
