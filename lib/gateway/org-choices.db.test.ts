import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedCatalogue } from '@/lib/services/catalogue';
import type { Ctx } from '@/lib/services/context';
import { updateOrg } from '@/lib/services/orgs/update-org';
import { deletePreset, savePreset } from '@/lib/services/presets/presets';
import { getRequest } from '@/lib/services/requests/get-request';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';

await createTestDatabase();
let gateway: TestGateway;
let tenant: TestTenant;
let ctx: Ctx;

beforeAll(async () => {
  await asSystem(seedCatalogue);
  gateway = await startTestGateway();
  tenant = await createTenant({ credit: { demo: '5' } });
  ctx = { actor: { type: 'user', id: 'usr_test', label: 'test' }, orgId: tenant.orgId, role: 'owner' };
});
afterAll(() => gateway.close());

interface Chat {
  choices: { message: { content: string } }[];
  error?: { code: string; param: string };
}

async function call(body: object): Promise<{ status: number; json: Chat; id: string; headers: Headers }> {
  const response = await fetch(`${gateway.baseUrl.node}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    json: text.startsWith('{') ? JSON.parse(text) : (text as never),
    id: response.headers.get('x-request-id') ?? '',
    headers: response.headers,
  };
}

const logOf = async (id: string) => {
  await expect.poll(async () => (await getRequest({ ctx, input: { id } }).catch(() => null))?.status, { timeout: 5_000 }).not.toMatch(/^running$|^$/);
  return getRequest({ ctx, input: { id } });
};
/** The running gateway polls for changes. */
const noticed = () => new Promise((resolve) => setTimeout(resolve, 900));

it('an organization that masks keeps no address of a prompt or an answer, whole or streamed; the client gets all of it', async () => {
  const messages = [{ role: 'user', content: 'Write to lin.wei@example.com or 13812345678.' }];
  await updateOrg({ ctx, input: { bodies: 'masked' } });
  await noticed();
  const whole = await call({ model: 'demo/echo', messages });
  expect(whole.json.choices[0]?.message.content).toContain('lin.wei@example.com');
  const streamed = await call({ model: 'demo/echo', messages, stream: true });
  for (const { id } of [whole, streamed]) {
    const { bodies } = await logOf(id);
    for (const side of [bodies.request, bodies.response]) {
      expect(side?.text).toContain('[email] or [phone]');
      expect(side?.text).not.toMatch(/lin\.wei|138123/);
      expect(() => JSON.parse(side?.text ?? '')).not.toThrow();
    }
  }
  await updateOrg({ ctx, input: { bodies: 'none' } });
  await noticed();
  expect((await logOf((await call({ model: 'demo/echo', messages })).id)).bodies).toEqual({ request: null, response: null });
  await updateOrg({ ctx, input: { bodies: 'full' } });
  await noticed();
});

it('a preset is called by its name as a model, one version or the newest; the log says which', async () => {
  const preset = await savePreset({ ctx, input: { name: 'Support desk', model: 'demo/echo', system: 'Be kind.', parameters: { maxTokens: '40' } } });
  expect(preset.slug).toBe('support-desk');
  await savePreset({ ctx, input: { name: 'Support desk', model: 'demo/lorem', system: '', parameters: { maxTokens: '7' } } });
  await noticed();
  const messages = [{ role: 'user', content: 'Hi' }];
  const newest = await call({ model: 'preset/support-desk', messages });
  expect([newest.status, newest.headers.get('x-fairlead-model')]).toEqual([200, 'demo/lorem']);
  const newestLog = await logOf(newest.id);
  expect(newestLog).toMatchObject({ requested_model: 'preset/support-desk@2', tags: { preset: 'support-desk@2' }, usage: { output_tokens: 7 } });
  const first = await call({ model: 'preset/support-desk@1', messages });
  expect(first.headers.get('x-fairlead-model')).toBe('demo/echo');
  expect(JSON.parse((await logOf(first.id)).bodies.request?.text ?? '')).toEqual({
    model: 'demo/echo',
    messages: [{ role: 'system', content: 'Be kind.' }, ...messages],
    max_tokens: 40,
  });

  const listed = (await (await fetch(`${gateway.baseUrl.node}/models`, { headers: { authorization: `Bearer ${tenant.key}` } })).json()) as {
    data: { id: string }[];
  };
  expect(listed.data.map(({ id }) => id)).toContain('preset/support-desk');
  for (const model of ['preset/support-desk@3', 'preset/no-such'])
    expect(await call({ model, messages })).toMatchObject({ status: 404, json: { error: { code: 'model_not_found', param: 'model' } } });
  await deletePreset({ ctx, input: { id: preset.id } });
  await noticed();
  expect((await call({ model: 'preset/support-desk', messages })).status).toBe(404);
});

it("a key's models bind its presets, and another organization's preset is no model at all (I01)", async () => {
  await savePreset({ ctx, input: { name: 'mine', model: 'demo/echo', system: '', parameters: {} } });
  const narrow = await createTenant({ key: { models: ['demo/lorem'] }, credit: { demo: '5' } });
  await savePreset({ ctx: { ...ctx, orgId: narrow.orgId }, input: { name: 'narrow', model: 'demo/echo', system: '', parameters: {} } });
  await noticed();
  const own = tenant;
  tenant = narrow;
  const messages = [{ role: 'user', content: 'Hi' }];
  for (const model of ['preset/mine', 'preset/narrow']) expect((await call({ model, messages })).status, model).toBe(404);
  tenant = own;
  expect((await call({ model: 'preset/mine', messages })).status).toBe(200);
});
