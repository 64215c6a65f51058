import OpenAI from 'openai';
import { beforeAll, describe, expect, it } from 'vitest';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type DoorName, startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';

const database = await createTestDatabase();
let gateway: TestGateway;
let tenant: TestTenant;

beforeAll(async () => {
  await asSystem(seedCatalogue);
  tenant = await createTenant({ credit: { demo: '5' } });
  gateway = await startTestGateway();
  return () => gateway.close();
});

describe.each<DoorName>(['node', 'web'])('through the %s door', (door) => {
  const client = () => new OpenAI({ baseURL: gateway.baseUrl[door], apiKey: tenant.key });

  it('the official client gets an echo, and its row holds tokens and cost', async () => {
    const { data, response } = await client().chat.completions.create({ model: 'fast-chat', messages: [{ role: 'user', content: 'hello there' }] }).withResponse();
    expect(data.choices[0]?.message.content).toContain('hello there');
    expect(response.headers.get('x-fairlead-alias')).toBe('fast-chat');
    expect(data.model).toBe(response.headers.get('x-fairlead-model'));
    const [row] = await database.query<Record<string, unknown>>('SELECT * FROM logs.request WHERE id = $1', [response.headers.get('x-request-id')]);
    expect(row).toMatchObject({ status: 'completed', alias: 'fast-chat', usage_source: 'reported', http_status: 200 });
    expect(Number(row?.cost_nano)).toBeGreaterThan(0);
  });

  it('a stream carries the same text and one usage chunk with its cost', async () => {
    const stream = await client().chat.completions.create({ model: 'demo/echo', messages: [{ role: 'user', content: 'one two three' }], stream: true, stream_options: { include_usage: true } });
    let text = '';
    const usages: unknown[] = [];
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      if (chunk.usage) usages.push(chunk);
    }
    expect(text).toContain('one two three');
    expect(usages).toHaveLength(1);
    expect(usages[0]).toMatchObject({ choices: [], usage: { cost: expect.stringMatching(/^0\.\d{6,9}$/) } });
  });
});
