import { beforeAll, vi } from 'vitest';
import { formatUsd } from '@/lib/kernel/money';
import { readBalance } from '@/lib/ledger';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import { applyConfig } from '@/lib/services/config/apply-config';
import { localSecrets } from '@/lib/services/config/resolve-secrets';
import { configSurroundings } from '@/lib/services/config/surroundings';
import { getRequest } from '@/lib/services/requests/get-request';
import { asSystem, bumpVersion, withOrg } from '@/lib/store';
import { createTestDatabase } from '../database';
import { type FakeUpstream, startFakeUpstream } from '../fake-upstream';
import { type DoorName, startTestGateway, type TestGateway } from '../gateway';
import { createTenant } from '../tenants';
import type { RequestJson, Subject } from './subject';
import { upstreamConfig } from './upstream-config';

const PLANS = {
  prepaid: { prepaid: true },
  postpaid: { prepaid: false },
  narrow: { prepaid: false, allow: ['main', 'std'], rpm: 3, concurrency: 2 },
};

export interface InProcess {
  subjectOf(door: DoorName): Subject;
  gateway(): TestGateway;
}

/** The gateway in this process over a fake upstream, with the suites' catalogue: call it at the top of a test file. */
export async function inProcessGateway(config: (upstreamUrl: string) => string = upstreamConfig): Promise<InProcess> {
  vi.stubEnv('ALLOW_PRIVATE_UPSTREAMS', 'true');
  await createTestDatabase();
  let upstream: FakeUpstream;
  let gateway: TestGateway;

  beforeAll(async () => {
    upstream = await startFakeUpstream();
    await asSystem(seedCatalogue);
    await applyConfig({
      ctx: { actor: { type: 'system', label: 'test' }, operator: true },
      input: { text: config(upstream.url) },
      surroundings: { ...configSurroundings('local'), allowPrivateUpstreams: true, secrets: localSecrets(() => 'sk-upstream-secret') },
    });
    gateway = await startTestGateway();
    return async () => {
      await gateway.close();
      await upstream.close();
    };
  });

  return { gateway: () => gateway, subjectOf: (door) => subjectOf(gateway.baseUrl[door], upstream) };
}

function subjectOf(baseUrl: string, upstream: FakeUpstream): Subject {
  return {
    baseUrl,
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
