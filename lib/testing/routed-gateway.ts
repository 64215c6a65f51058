import { Agent, fetch, request } from 'undici';
import { beforeAll, beforeEach, vi } from 'vitest';
import { applyConfig } from '@/lib/services/config/apply-config';
import { localSecrets } from '@/lib/services/config/resolve-secrets';
import { configSurroundings } from '@/lib/services/config/surroundings';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import { asSystem } from '@/lib/store';
import { createTestDatabase, type TestDatabase } from './database';
import { type FakeUpstream, type LoggedRequest, startFakeUpstream } from './fake-upstream';
import { startTestGateway, type TestGateway } from './gateway';
import { createTenant, type TestTenant } from './tenants';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The model that answered. */
  served: string | null;
}

export interface RoutedGateway {
  database: TestDatabase;
  upstream(): FakeUpstream;
  gateway(): TestGateway;
  /** Applies a `fairlead.yaml`; secrets are looked up by name. */
  apply(text: string): Promise<unknown>;
  ask(name: string, more?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
  /** The same for calls by the thousand: who answered, and with what status. */
  tally(name: string, more?: Record<string, unknown>, headers?: Record<string, string>): Promise<Pick<Answer, 'status' | 'served'>>;
  /** What the fake upstream was asked for under a name. */
  askedFor(name: string): LoggedRequest[];
}

/** A client that waits as long as it takes, over sockets that stay open. */
const patient = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

/** A gateway whose aliases a test writes, over a fake upstream, with one tenant that calls it. Call it at the top of a test file. */
export async function routedGateway(config: (upstreamUrl: string) => string | Promise<string>, secrets: Record<string, string> = {}): Promise<RoutedGateway> {
  vi.stubEnv('ALLOW_PRIVATE_UPSTREAMS', 'true');
  const database = await createTestDatabase();
  let upstream: FakeUpstream;
  let gateway: TestGateway;
  let tenant: TestTenant;
  const apply = (text: string) =>
    applyConfig({
      ctx: { actor: { type: 'system', label: 'test' }, operator: true },
      input: { text },
      surroundings: { ...configSurroundings('local'), allowPrivateUpstreams: true, secrets: localSecrets((name) => secrets[name] ?? 'sk-some-secret-aaaa') },
    });
  const callOf = (name: string, more: Record<string, unknown>, headers: Record<string, string>) =>
    [
      `${gateway.baseUrl.node}/chat/completions`,
      {
        dispatcher: patient,
        method: 'POST' as const,
        headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ model: name, messages: [{ role: 'user', content: 'hello' }], ...more }),
      },
    ] as const;
  beforeAll(async () => {
    upstream = await startFakeUpstream();
    await asSystem(seedCatalogue);
    await apply(await config(upstream.url));
    tenant = await createTenant({ plan: { prepaid: false } });
    gateway = await startTestGateway();
    return async () => {
      await gateway.close();
      await upstream.close();
    };
  });
  beforeEach(() => upstream.reset());
  return {
    database,
    upstream: () => upstream,
    gateway: () => gateway,
    apply,
    async ask(name, more = {}, headers = {}) {
      const response = await fetch(...callOf(name, more, headers));
      return { status: response.status, headers: new Headers([...response.headers]), served: response.headers.get('x-fairlead-model'), text: await response.text() };
    },
    async tally(name, more = {}, headers = {}) {
      const { statusCode, headers: received, body } = await request(...callOf(name, more, headers));
      await body.dump();
      return { status: statusCode, served: typeof received['x-fairlead-model'] === 'string' ? received['x-fairlead-model'] : null };
    },
    askedFor: (name) => upstream.requests.filter((request) => request.model === name),
  };
}
