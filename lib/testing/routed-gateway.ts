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
  /** What the fake upstream was asked for under a name. */
  askedFor(name: string): LoggedRequest[];
}

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
      const response = await fetch(`${gateway.baseUrl.node}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ model: name, messages: [{ role: 'user', content: 'hello' }], ...more }),
      });
      return { status: response.status, headers: response.headers, served: response.headers.get('x-fairlead-model'), text: await response.text() };
    },
    askedFor: (name) => upstream.requests.filter((request) => request.model === name),
  };
}
