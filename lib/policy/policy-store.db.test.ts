import { expect, it } from 'vitest';
import { hashKey } from '@/lib/auth/api-key';
import { systemClock } from '@/lib/kernel/clock';
import { createGatewayPool } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant } from '@/lib/testing/tenants';
import { startPolicyStore } from '.';

await createTestDatabase();

it('the first call of an organization on a plan of a moment ago finds its plan', async () => {
  const pool = createGatewayPool({ max: 2, onError: () => undefined });
  const policy = await startPolicyStore({ pool, clock: systemClock, unseal: (sealed) => sealed, onProblem: () => undefined });
  const { key } = await createTenant({ plan: {} });
  const caller = await policy.caller(hashKey(key));
  expect(caller && policy.current().plans.has(caller.planId)).toBe(true);
  policy.stop();
  await pool.end();
});
