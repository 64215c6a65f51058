import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { writeSnippet } from './snippets';

const input = { baseUrl: 'http://127.0.0.1:3000/v1', apiKey: 'sk-fl-abc', model: 'fast-chat', prompt: 'What\'s a "fairlead"?' };

it('the curl snippet is one command that a shell reads as meant', () => {
  const command = writeSnippet('curl', input).replace(/^curl /, 'printf "%s\\n" ');
  const args = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim().split('\n');
  expect(args[0]).toBe('http://127.0.0.1:3000/v1/chat/completions');
  expect(args[2]).toBe('Authorization: Bearer sk-fl-abc');
  expect(JSON.parse(args[6] as string)).toEqual({ model: 'fast-chat', messages: [{ role: 'user', content: input.prompt }] });
});

it.each(['python', 'typescript'] as const)('the %s snippet carries address, key and model', (language) => {
  const code = writeSnippet(language, input);
  for (const value of [input.baseUrl, input.apiKey, input.model]) expect(code).toContain(value);
});
