import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { env } from '@/lib/env';
import { seedCatalogue } from '@/lib/services/catalogue';
import type { OperatorCtx } from '@/lib/services/context';
import { privateKeysFrom, unseal } from '@/lib/seal';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { AddProviderInput, addProvider } from './add-provider';
import { addCredential, removeCredential, rotateCredential, updateCredential } from './change-credentials';
import { compareModels } from './compare-models';
import { listGallery } from './gallery';
import { importModels } from './import-models';
import { getProvider, listProviders } from './list-providers';
import { retireCredentials } from './retire-credentials';
import { testConnection } from './test-connection';
import { updateProvider } from './update-provider';

process.env.ALLOW_PRIVATE_UPSTREAMS = 'true';
const { query } = await createTestDatabase();
const ctx: OperatorCtx = { actor: { type: 'user', id: 'usr_1', label: 'op@example.com' }, operator: true };
const SECRET = 'sk-test-0123456789abcdef';
let upstream: FakeUpstream;
const openAiLike = (secret = SECRET) => ({ adapter: 'openai-compatible', baseUrl: `${upstream.url}/v1`, secret });
const add = (more: Partial<Parameters<typeof addProvider>[0]['input']> = {}) => addProvider({ ctx, input: AddProviderInput.parse({ ...openAiLike(), ...more }) });

beforeAll(async () => {
  upstream = await startFakeUpstream();
  await asSystem(seedCatalogue);
});
afterAll(() => upstream.close());

describe('a connection is tested before anything is saved', () => {
  it('says how long it took and which models it found', async () => {
    const tested = await testConnection({ ctx, input: openAiLike() });
    expect(tested).toMatchObject({ ok: true, models: expect.arrayContaining([{ id: 'std', priced: false }]) });
    expect(await listProviders({ ctx })).toHaveLength(1);
  });

  it('a refused key is told apart from a dead address, and the secret stands in neither answer (I06)', async () => {
    const refused = await testConnection({ ctx, input: openAiLike('sk-wrong-0123456789') });
    expect(refused).toMatchObject({ ok: false, reason: 'credential', status: 401 });
    expect(JSON.stringify(refused)).not.toContain('sk-wrong-0123456789');
    expect(await testConnection({ ctx, input: { ...openAiLike(), baseUrl: 'http://127.0.0.1:9/v1' } })).toMatchObject({ ok: false, reason: 'address' });
  });

  it('private addresses are refused unless the installation allows them (S6)', async () => {
    const before = upstream.requests.length;
    for (const baseUrl of [`${upstream.url}/v1`, 'http://2130706433/v1', 'http://localhost:1/v1', 'http://[::1]/v1', 'http://169.254.169.254/latest']) {
      await expect(testConnection({ ctx, input: { ...openAiLike(), baseUrl }, allowPrivate: false }), baseUrl).rejects.toMatchObject({ code: 'invalid_request', extras: { param: 'baseUrl' } });
    }
    expect(upstream.requests.length).toBe(before);
  });
});

describe('a provider', () => {
  it('is added with its key sealed and its models, and the key never comes back (S7)', async () => {
    const { id, models } = await add({ models: ['std', 'tiny'] });
    expect({ id, models }).toEqual({ id: 'openai-compatible', models: ['std', 'tiny'] });
    const view = await getProvider({ ctx, input: { id } });
    expect(view).toMatchObject({ models: 2, unpriced: 2, credentials: [{ name: 'main', last4: 'cdef', state: 'active' }] });
    expect(JSON.stringify(view)).not.toContain(SECRET);
    const [row] = await query<{ sealed: string }>('SELECT sealed FROM credential WHERE provider_id = $1', [id]);
    expect(row?.sealed).not.toContain(SECRET);
    expect(unseal(privateKeysFrom(env().encryptionKeys), String(row?.sealed))).toBe(SECRET);
    const audit = await query('SELECT * FROM audit_entry WHERE target_id = $1', [id]);
    expect(audit).toMatchObject([{ action: 'provider.create', actor_label: 'op@example.com' }]);
    expect(JSON.stringify(audit)).not.toContain(SECRET);
  });

  it('is added whole or not at all', async () => {
    await expect(add({ id: 'half', adapter: 'no-such-adapter' })).rejects.toMatchObject({ code: 'invalid_request', extras: { param: 'adapter' } });
    await expect(getProvider({ ctx, input: { id: 'half' } })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a second of the same kind gets its own id, and its models names of their own', async () => {
    expect(await add({ models: ['std'] })).toEqual({ id: 'openai-compatible-2', models: ['openai-compatible-2/std'] });
  });

  it('lists beside what is offered: new, present, gone', async () => {
    const found = [{ id: 'std', priced: false }, { id: 'brand-new', priced: false }];
    expect(await compareModels({ ctx, input: { provider: 'openai-compatible', found } })).toEqual({
      fresh: [{ id: 'brand-new', priced: false }],
      present: [{ id: 'std', upstreamModel: 'std' }],
      missing: [{ id: 'tiny', upstreamModel: 'tiny' }],
    });
    await importModels({ ctx, input: { provider: 'openai-compatible', models: ['brand-new'] } });
    await expect(importModels({ ctx, input: { provider: 'openai-compatible', models: ['brand-new'] } })).rejects.toMatchObject({ code: 'invalid_request' });
    expect((await getProvider({ ctx, input: { id: 'openai-compatible' } })).models).toBe(3);
  });

  it('goes into maintenance and back, keeping its keys', async () => {
    await updateProvider({ ctx, input: { id: 'openai-compatible', enabled: false, dataRegion: 'eu', timeouts: { connectMs: 900 } } });
    expect(await getProvider({ ctx, input: { id: 'openai-compatible' } })).toMatchObject({ enabled: false, dataRegion: 'eu', timeouts: { connectMs: 900 }, credentials: [{ state: 'active' }] });
    await updateProvider({ ctx, input: { id: 'openai-compatible', enabled: true } });
    await expect(updateProvider({ ctx, input: { id: 'openai-compatible', baseUrl: 'not a url' } })).rejects.toMatchObject({ extras: { param: 'baseUrl' } });
  });
});

describe('a pool of keys', () => {
  const pool = async () => (await getProvider({ ctx, input: { id: 'openai-compatible' } })).credentials;

  it('takes more keys, each with a weight and a switch', async () => {
    await addCredential({ ctx, input: { provider: 'openai-compatible', name: 'second', secret: 'sk-second-00000000zzzz', weight: 3 } });
    const second = (await pool()).find(({ name }) => name === 'second');
    await updateCredential({ ctx, input: { id: String(second?.id), enabled: false, weight: 5 } });
    expect((await pool()).find(({ name }) => name === 'second')).toMatchObject({ state: 'off', weight: 5, last4: 'zzzz' });
    await removeCredential({ ctx, input: { id: String(second?.id) } });
    expect(await pool()).toHaveLength(1);
  });

  it('a rotated key works beside the new one until its overlap ends, and is then gone', async () => {
    const [main] = await pool();
    await rotateCredential({ ctx, input: { id: String(main?.id), secret: 'sk-rotated-00000000new1', overlapHours: 1 } });
    expect(await pool()).toMatchObject([{ id: main?.id, last4: 'new1', state: 'active' }, { last4: 'cdef', state: 'retiring' }]);
    await retireCredentials();
    expect(await pool()).toHaveLength(2);
    await query(`UPDATE credential SET retires_at = now() - interval '1 second' WHERE retires_at IS NOT NULL`);
    await retireCredentials();
    expect(await pool()).toMatchObject([{ id: main?.id, last4: 'new1' }]);
  });
});

it('every provider in the gallery names an address or asks for one, and where to get a key', () => {
  for (const { adapter, endpoints, keysUrl, credential } of listGallery()) {
    expect(endpoints.every(({ url }) => url.startsWith('http')), adapter).toBe(true);
    if (!credential.optional && adapter !== 'openai-compatible' && adapter !== 'anthropic-compatible') expect(keysUrl, adapter).toMatch(/^https:/);
  }
});
