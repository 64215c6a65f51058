import { expect, it } from 'vitest';
import { setup } from './commands/setup';
import { CLIENTS } from './setup-clients';

it.each(Object.keys(CLIENTS))('setup %s names the base URL with one /v1, and the key', async (client) => {
  const answer = await setup.run({ options: { url: 'https://ai.example.com/v1/', key: 'sk-fl-test', model: 'zh-business' }, positionals: [client], print: () => undefined });
  expect(answer?.text).toContain(client === 'claude-code' ? 'ANTHROPIC_BASE_URL=https://ai.example.com\n' : 'https://ai.example.com/v1');
  expect(answer?.text).not.toContain('/v1/v1');
  expect(answer?.text).toContain('sk-fl-test');
  expect(answer?.json).toMatchObject({ client, base_url: 'https://ai.example.com/v1' });
});
