import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { conformanceSuite } from '@/lib/testing/suites/conformance';
import { ledgerSuite } from '@/lib/testing/suites/ledger';
import type { Subject } from '@/lib/testing/suites/subject';
import { upstreamConfig } from '@/lib/testing/suites/upstream-config';
import { makeDataDir, type Product, startProduct } from './product';
import { Tenants } from './tenant';

describe.each([
  ['npm start: the node door', 'node'],
  ['next start: the route handlers', 'next'],
] as const)('%s', (_name, door) => {
  let upstream: FakeUpstream;
  let product: Product;
  let subject: Subject;

  beforeAll(async () => {
    upstream = await startFakeUpstream();
    const dataDir = makeDataDir();
    const configFile = path.join(dataDir, 'fairlead.yaml');
    writeFileSync(configFile, upstreamConfig(upstream.url));
    product = await startProduct({ door, dataDir, env: { CONFIG_FILE: configFile, U1_KEY: 'sk-upstream-secret', ALLOW_PRIVATE_UPSTREAMS: 'true', LOG_LEVEL: 'warn' } });
    const tenants = new Tenants(product);
    subject = { baseUrl: product.apiBaseUrl, upstream, createKey: (options) => tenants.createKey(options) };
  });
  afterAll(async () => {
    await product?.stop();
    await upstream?.close();
  });

  conformanceSuite(() => subject);
  ledgerSuite(() => subject);

  it('has exactly one runtime: one ledger, one limiter, one policy, whatever the framework compiled twice', async () => {
    const { checks } = JSON.parse(await product.fairlead('doctor', '--json')) as { checks: { name: string; detail: string }[] };
    expect(checks.find(({ name }) => name === 'gateway')?.detail).toBe('1 process is running');
  });
});
