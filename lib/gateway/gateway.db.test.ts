import { beforeAll, describe, vi } from 'vitest';
import { formatUsd } from '@/lib/kernel/money';
import { readBalance } from '@/lib/ledger';
import { applyConfig } from '@/lib/services/config/apply-config';
import { localSecrets } from '@/lib/services/config/resolve-secrets';
import { configSurroundings } from '@/lib/services/config/surroundings';
import { getRequest } from '@/lib/services/requests/get-request';
import { asSystem, bumpVersion, withOrg } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { type DoorName, startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { conformanceSuite } from '@/lib/testing/suites/conformance';
import { ledgerSuite } from '@/lib/testing/suites/ledger';
import type { RequestJson, Subject } from '@/lib/testing/suites/subject';
import { upstreamConfig } from '@/lib/testing/suites/upstream-config';
import { createTenant } from '@/lib/testing/tenants';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';

vi.stubEnv('ALLOW_PRIVATE_UPSTREAMS', 'true');
await createTestDatabase();
let upstream: FakeUpstream;
let gateway: TestGateway;

const PLANS = {
  prepaid: { prepaid: true },
  postpaid: { prepaid: false },
  narrow: { prepaid: false, allow: ['main', 'std'], rpm: 3, concurrency: 2 },
};

beforeAll(async () => {
  upstream = await startFakeUpstream();
  await asSystem(seedCatalogue);
  await applyConfig({
    ctx: { actor: { type: 'system', label: 'test' }, operator: true },
    input: { text: upstreamConfig(upstream.url) },
    surroundings: { ...configSurroundings('local'), allowPrivateUpstreams: true, secrets: localSecrets(() => 'sk-upstream-secret') },
  });
  gateway = await startTestGateway();
  return async () => {
    await gateway.close();
    await upstream.close();
  };
});

function subjectOf(door: DoorName): Subject {
  return {
    baseUrl: gateway.baseUrl[door],
    upstream,
    async createKey({ plan, credit, budget, models }) {
      const tenant = await createTenant({ plan: PLANS[plan], credit: credit ? { paid: credit } : {}, key: { budget, models } });
      await new Promise((resolve) => setTimeout(resolve, 450));
      const ctx = { actor: { type: 'system' as const, label: 'test' }, orgId: tenant.orgId, role: 'owner' as const };
      return {
        key: tenant.key,
        readRequest: async (id) => (await getRequest({ ctx, input: { id } })) as unknown as RequestJson,
        async readBalance() {
          const balance = await withOrg(tenant.orgId, (tx) => readBalance(tx, tenant.orgId));
          return { available_usd: formatUsd(balance.available), held_usd: formatUsd(balance.held), spent_usd: formatUsd(balance.spent) };
        },
        async revoke() {
          await asSystem(async (tx) => {
            await tx.apiKey.update({ where: { id: tenant.keyId }, data: { revokedAt: new Date() } });
            await bumpVersion(tx, 'keys');
          });
        },
      };
    },
  };
}

describe.each<DoorName>(['node', 'web'])('through the %s door', (door) => {
  conformanceSuite(() => subjectOf(door));
  ledgerSuite(() => subjectOf(door));
});
