import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { privateKeysFrom } from '@/lib/seal';
import { seedCatalogue } from '@/lib/services/catalogue';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { applyConfig } from './apply-config';
import { planConfig } from './plan-config';
import type { ConfigSurroundings } from './surroundings';

await createTestDatabase();

const ctx: OperatorCtx = { operator: true, actor: { type: 'cli', label: 'test' } };
const surroundings: ConfigSurroundings = {
  secrets: { variable: (name) => `sk-of-${name}-0123456789`, file: () => Promise.reject(new Error('no files here')) },
  allowPrivateUpstreams: false,
  sealPublicKey: privateKeysFrom([Buffer.alloc(32, 7).toString('base64')])[0]?.publicKey ?? '',
};

it.each([
  ['configuration.md', 1],
  ['routing.md', 8],
  ['providers.md', 2],
])('every file in docs/guides/%s applies as it is printed, and then changes nothing', async (name, count) => {
  await asSystem(seedCatalogue);
  const guide = await readFile(path.join(import.meta.dirname, '../../../docs/guides', name), 'utf8');
  const files = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  expect(files).toHaveLength(count);
  for (const text of files) {
    expect((await applyConfig({ ctx, input: { text }, surroundings })).length).toBeGreaterThan(0);
    expect(await planConfig({ ctx, input: { text }, surroundings })).toEqual([]);
  }
});
