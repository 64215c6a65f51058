import { beforeAll, describe, expect, it } from 'vitest';
import type { Ctx, Role } from '@/lib/services/context';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { deletePreset, listPresets, savePreset } from './presets';

await createTestDatabase();
let tenant: TestTenant;
let owner: Ctx;

const as = ({ orgId }: TestTenant, role: Role = 'owner'): Ctx => ({ actor: { type: 'user', id: 'usr_test', label: 'test' }, orgId, role });

beforeAll(async () => {
  tenant = await createTenant();
  owner = as(tenant);
});

describe('a preset', () => {
  it('is kept whole, and saving its name again makes the next version', async () => {
    const first = await savePreset({ ctx: owner, input: { name: 'support', model: 'fast-chat', system: 'Be kind.', parameters: { temperature: '0.2', json: true } } });
    expect(first).toMatchObject({ version: 1, parameters: { temperature: '0.2', topP: '', maxTokens: '', tools: '', json: true } });
    const second = await savePreset({ ctx: owner, input: { name: ' support ', model: 'code-reasoner', system: '', parameters: {} } });
    expect(second).toMatchObject({ id: first.id, version: 2, model: 'code-reasoner' });
    expect(await listPresets({ ctx: owner })).toEqual([second]);
  });

  it('of another organization looks like none (I01), and viewers only read', async () => {
    const { id } = await savePreset({ ctx: owner, input: { name: 'mine', model: 'fast-chat', system: '', parameters: {} } });
    const stranger = as(await createTenant());
    await expect(deletePreset({ ctx: stranger, input: { id } })).rejects.toMatchObject({ code: 'not_found' });
    expect(await listPresets({ ctx: stranger })).toEqual([]);
    const viewer = as(tenant, 'viewer');
    await expect(deletePreset({ ctx: viewer, input: { id } })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await listPresets({ ctx: viewer })).map(({ name }) => name)).toContain('mine');
    await deletePreset({ ctx: owner, input: { id } });
    expect((await listPresets({ ctx: owner })).map(({ name }) => name)).not.toContain('mine');
  });
});
