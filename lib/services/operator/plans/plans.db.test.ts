import { beforeAll, expect, it } from 'vitest';
import { seedCatalogue } from '@/lib/services/catalogue';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import type { OrgId } from '@/lib/kernel/ids';
import { nano } from '@/lib/kernel/money';
import { budgetWindow, planBudgetId } from '@/lib/ledger';
import { readPlanBudget } from '@/lib/services/budgets/read-plan-budget';
import { createKey } from '@/lib/services/keys/create-key';
import { requireFeature } from '@/lib/services/orgs/plan-features';
import { exportRequests } from '@/lib/services/requests/export-requests';
import { requestQuerySchema } from '@/lib/services/requests/request-filters';
import { getTenant } from '@/lib/services/operator/tenants/get-tenant';
import { getPlan, listPlans } from './list-plans';
import { removePlan, savePlan } from './save-plan';

const { query } = await createTestDatabase();
const ctx: OperatorCtx = { actor: { type: 'user', id: 'usr_1', label: 'op@example.com' }, operator: true };

beforeAll(async () => {
  await asSystem(seedCatalogue);
  await query(`INSERT INTO organization (id, slug, name, plan_id) VALUES ('org_a', 'a', 'A', 'pro'), ('org_b', 'b', 'B', 'pro')`);
  await query(`INSERT INTO stripe_price (plan_id, version, product_id, price_id) VALUES ('pro', 1, 'prod_1', 'price_1')`);
});

it('a plan is made of rules, and what is wrong is named by its field', async () => {
  await savePlan({ ctx, input: { isNew: true, keepTenants: false, plan: { id: 'team', name: 'Team', price: { monthly: '30' }, models: { allow: ['fast-chat', 'max-output:2.00'], deny: ['region:cn'] }, limits: { rpm: 10 } } } });
  expect(await getPlan({ ctx, input: { id: 'team' } })).toMatchObject({ version: 1, organizations: 0, limits: { rpm: 10, tpm: null }, models: { deny: ['region:cn'] } });
  const wrong = (models: { allow: string[] }) => savePlan({ ctx, input: { isNew: false, keepTenants: false, plan: { id: 'team', models } } });
  await expect(wrong({ allow: ['fast-chatt'] })).rejects.toMatchObject({ code: 'invalid_request', extras: { param: 'models.allow[0]' } });
  await expect(savePlan({ ctx, input: { isNew: true, keepTenants: false, plan: { id: 'team' } } })).rejects.toMatchObject({ extras: { param: 'id' } });
});

it('a plan has a budget and opens the parts of the product it names, and no others', async () => {
  await savePlan({ ctx, input: { isNew: false, keepTenants: false, plan: { id: 'team', budget: { limit: '50', period: 'month' }, features: ['presets'] } } });
  expect(await getPlan({ ctx, input: { id: 'team' } })).toMatchObject({ budget: { limit: '50.00', period: 'month' }, features: ['presets'] });
  await query("UPDATE organization SET plan_id = 'team' WHERE id = 'org_a'");
  const org = { orgId: 'org_a' as OrgId };
  await requireFeature(org, 'presets');
  await expect(requireFeature(org, 'management_api')).rejects.toMatchObject({ code: 'plan_limit', message: 'The plan Team does not include management api.' });
  const tenant = { ...org, actor: ctx.actor, role: 'owner' as const };
  const window = budgetWindow({ ...org, budgetId: planBudgetId('team', 'month'), scopeType: 'organization', scopeId: '', period: 'month', limit: nano(0n), timezone: 'UTC', nowMs: Date.now() });
  await query(
    `INSERT INTO account (id, org_id, scope_type, scope_id, period, window_start, window_end, limit_nano, spent_nano) VALUES ($1, 'org_a', 'organization', '', 'month', $2, $3, 50000000000, 45000000000)`,
    [window.id, window.start, window.end],
  );
  const shown = { plan: 'Team', limitUsd: '50.000000', spentUsd: '45.000000', period: 'month', resetsAt: window.end, state: 'warning' };
  expect(await readPlanBudget({ ctx: tenant })).toEqual(shown);
  expect((await getTenant({ ctx, input: { slug: 'a' } })).planBudget).toEqual(shown);
  await expect(createKey({ ctx: tenant, input: { name: 'm', kind: 'management' } })).rejects.toMatchObject({ code: 'plan_limit' });
  await expect(exportRequests({ ctx: tenant, input: { ...requestQuerySchema.parse({}), format: 'csv' } }).next()).rejects.toMatchObject({ code: 'plan_limit' });
  await query("UPDATE organization SET plan_id = 'pro' WHERE id = 'org_a'");
  expect(await readPlanBudget({ ctx: tenant })).toBeNull();
  await savePlan({ ctx, input: { isNew: false, keepTenants: false, plan: { id: 'team', budget: null } } });
  expect((await getPlan({ ctx, input: { id: 'team' } })).budget).toBeNull();
});

it('organizations of today keep the version they are on, with what they pay for it; new ones get the new one', async () => {
  const { kept } = await savePlan({ ctx, input: { isNew: false, keepTenants: true, plan: { id: 'pro', price: { monthly: '40' } } } });
  expect(kept).toBe('pro.v1');
  expect(await getPlan({ ctx, input: { id: 'pro.v1' } })).toMatchObject({ price: { monthly: '20.00' }, public: false, organizations: 2, monthly_usd: '40.000000' });
  expect(await getPlan({ ctx, input: { id: 'pro' } })).toMatchObject({ price: { monthly: '40.00' }, version: 2, organizations: 0 });
  expect(await query('SELECT plan_id FROM stripe_price')).toEqual([{ plan_id: 'pro.v1' }]);
});

it('a plan that somebody is on, or that new organizations begin on, is not taken away', async () => {
  for (const id of ['pro.v1', 'free']) await expect(removePlan({ ctx, input: { id } }), id).rejects.toMatchObject({ code: 'conflict' });
  await removePlan({ ctx, input: { id: 'team' } });
  expect((await listPlans({ ctx })).map(({ id }) => id)).toEqual(['free', 'pro', 'pro.v1', 'enterprise']);
});
