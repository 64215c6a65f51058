import { beforeAll, describe, expect, it, vi } from 'vitest';
import { seedCatalogue } from '@/lib/services/catalogue';
import { exportConfig } from '@/lib/services/config';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { deleteAlias, discardDraft, getAlias, listAliases, publishAlias, rollBackAlias, saveDraft } from '.';

vi.stubEnv('ALLOW_PRIVATE_UPSTREAMS', 'true');
await createTestDatabase();
const ctx: OperatorCtx = { operator: true, actor: { type: 'cli', label: 'someone@example.com' } };
const names = async () => (await listAliases({ ctx })).map(({ name }) => name);

beforeAll(() => asSystem(seedCatalogue));

describe('an alias from draft to roll-back', () => {
  it('a draft is not in force until it is published; every version stays and an earlier one comes back', async () => {
    await saveDraft({ ctx, input: { document: { name: 'mine', targets: [{ model: 'demo/echo', retries: 2, conditions: { tools: false } }] } } });
    expect(await names()).not.toContain('mine');
    const first = await publishAlias({ ctx, input: { name: 'mine', note: 'first' } });
    expect(first).toMatchObject({ version: 1, changes: [{ op: 'add', type: 'alias', id: 'mine' }] });
    expect(await names()).toContain('mine');

    await saveDraft({ ctx, input: { document: { name: 'mine', targets: [{ model: 'demo/echo' }, { model: 'demo/lorem', weight: 3 }], canary: { model: 'demo/lorem', percent: 5 } } } });
    const drafted = await getAlias({ ctx, input: { name: 'mine' } });
    expect(drafted.changes.map(({ field }) => field)).toEqual(['targets', 'canary']);
    expect(drafted.alias).toMatchObject({ version: 1, has_draft: true });
    expect(await publishAlias({ ctx, input: { name: 'mine' } })).toMatchObject({ version: 2 });

    expect(await rollBackAlias({ ctx, input: { name: 'mine', version: 1 } })).toMatchObject({ version: 3 });
    const after = await getAlias({ ctx, input: { name: 'mine' } });
    expect(after.draft).toBeNull();
    expect(after.alias?.document.targets).toEqual([{ model: 'demo/echo', retries: 2, conditions: { tools: false } }]);
    expect(after.versions.map(({ version, note, published_by }) => [version, note, published_by])).toEqual([
      [3, 'Back to version 1', 'someone@example.com'],
      [2, null, 'someone@example.com'],
      [1, 'first', 'someone@example.com'],
    ]);
  });

  it('a draft that others overtook is not published over their change', async () => {
    await saveDraft({ ctx, input: { document: { name: 'mine', strategy: 'weighted' } } });
    await rollBackAlias({ ctx, input: { name: 'mine', version: 2 } });
    await expect(publishAlias({ ctx, input: { name: 'mine' } })).rejects.toMatchObject({ code: 'conflict' });
    await discardDraft({ ctx, input: { name: 'mine' } });
    await expect(publishAlias({ ctx, input: { name: 'mine' } })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a draft meets the checks of a file, by the name of the field', async () => {
    await expect(saveDraft({ ctx, input: { document: { name: 'bad', targets: [{ model: 'nothing' }] } } })).rejects.toMatchObject({ code: 'invalid_request', extras: { param: 'aliases[0].targets[0].model' } });
    await expect(saveDraft({ ctx, input: { document: { name: 'bad', targets: [{ model: 'demo/echo' }], canary: { model: 'demo/json', percent: 5 } } } })).rejects.toMatchObject({ extras: { param: 'aliases[0].canary.model' } });
    await expect(saveDraft({ ctx, input: { document: { name: 'bad', targets: [{ model: 'demo/echo', condition: {} }] } as never } })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('a deleted alias can be rolled back to life', async () => {
    await deleteAlias({ ctx, input: { name: 'mine' } });
    expect(await names()).not.toContain('mine');
    const { version } = await rollBackAlias({ ctx, input: { name: 'mine', version: 1 } });
    expect(await names()).toContain('mine');
    expect(version).toBe(5);
  });

  it('an export names every field of an alias', async () => {
    const yaml = await exportConfig({ ctx });
    for (const field of ['sticky:', 'onContextOverflow:', 'streamRecovery:', 'canary:', 'totalMs:', 'conditions:']) expect(yaml).toContain(field);
  });
});
