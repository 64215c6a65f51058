import { expect, it } from 'vitest';
import { codeOfCall } from './code-of-call';

const body = { model: 'fast-chat', messages: [{ role: 'user' as const, content: 'It\'s "true", not null' }], tools: [{ strict: true, default: null }], max_tokens: 5 };

it('the call as curl survives the shell: quotes stay quotes', () => {
  const code = codeOfCall('curl', 'http://127.0.0.1:3000/v1', body);
  const json = /-d '([\s\S]*)'$/.exec(code)?.[1]?.replaceAll("'\\''", "'");
  expect(JSON.parse(json ?? '')).toEqual(body);
  expect(code).toContain('$FAIRLEAD_API_KEY');
});

it('the call as Python has Python’s words, but not inside strings', () => {
  const code = codeOfCall('python', 'http://127.0.0.1:3000/v1', body);
  expect(code).toContain('"strict": True');
  expect(code).toContain('"default": None');
  expect(code).toContain('It\'s \\"true\\", not null');
  expect(code).toContain('max_tokens=5');
});

it('the call as TypeScript is the body as it is sent', () => {
  const code = codeOfCall('typescript', 'http://127.0.0.1:3000/v1', body);
  expect(JSON.parse(/create\(([\s\S]*)\);\nconsole/.exec(code)?.[1] ?? '')).toEqual(body);
});

it('a picture is not written out', () => {
  const withImage = { model: 'm', messages: [{ role: 'user' as const, content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(500)}` } }] }] };
  expect(codeOfCall('typescript', 'http://x/v1', withImage)).toContain('data:image/png;base64,…');
});
