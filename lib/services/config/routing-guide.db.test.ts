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

it('every file in docs/guides/routing.md applies as it is printed, and then changes nothing', async () => {
  await asSystem(seedCatalogue);
  const guide = await readFile(path.join(import.meta.dirname, '../../../docs/guides/routing.md'), 'utf8');
  const files = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  expect(files).toHaveLength(8);
  for (const text of files) {
    expect((await applyConfig({ ctx, input: { text }, surroundings })).length).toBeGreaterThan(0);
    expect(await planConfig({ ctx, input: { text }, surroundings })).toEqual([]);
  }
});
