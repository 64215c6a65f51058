import { compileAddressList } from '@/lib/kernel/address-list';
import { bodyChoiceOf } from '@/lib/kernel/body-choice';
import { nano } from '@/lib/kernel/money';
import type { KeyId, OrgId } from '@/lib/kernel/ids';
import { type BudgetPeriod, planBudgetId } from '@/lib/ledger';
import type { GatewayPool } from '@/lib/store';
import { type BudgetRow, compileBudgets } from './caller-budgets';
import { ownLayers } from './allow';
import type { Caller } from './types';

interface Row {
  id: KeyId;
  line_id: KeyId;
  name: string;
  kind: string;
  last4: string;
  models: string[];
  all_models: boolean;
  rpm: number | null;
  tpm: number | null;
  concurrency: number | null;
  budget_nano: string | null;
  budget_period: BudgetPeriod | null;
  tags: Record<string, string>;
  allowed_ips: string[];
  expires_ms: string | null;
  revoked_ms: string | null;
  created_by_id: string | null;
  org_id: OrgId;
  slug: string;
  timezone: string;
  log_bodies: boolean;
  mask_bodies: boolean;
  suspend_reason: string | null;
  suspended: boolean;
  plan_id: string;
  plan_budget_nano: string | null;
  plan_budget_period: BudgetPeriod | null;
  allow_models: string[] | null;
  deny_models: string[] | null;
  role_models: unknown;
  role: string | null;
  org_rpm: number | null;
  org_tpm: number | null;
  org_concurrency: number | null;
  budgets: BudgetRow[] | null;
}

/**
 * The caller behind a key's hash, or null when there is none, it is revoked, or it is a management key. Expiry is left
 * to the caller of this function: it passes while the row is cached. A rotated key keeps working until its expiry.
 */
export async function findCaller(pool: GatewayPool, hash: string): Promise<Caller | null> {
  const { rows } = await pool.query<Row>({
    name: 'find-caller',
    text: `SELECT k.id, coalesce(k.line_id, k.id) AS line_id, k.name, k.kind, k.last4, k.models, k.all_models, k.rpm, k.tpm, k.concurrency, k.budget_nano::text, k.budget_period, k.tags, k.allowed_ips,
             (extract(epoch from k.expires_at) * 1000)::bigint::text AS expires_ms, (extract(epoch from k.revoked_at) * 1000)::bigint::text AS revoked_ms,
             k.created_by_id, k.org_id, (SELECT p.budget_nano::text FROM plan p WHERE p.id = o.plan_id) AS plan_budget_nano, (SELECT p.budget_period FROM plan p WHERE p.id = o.plan_id) AS plan_budget_period, o.slug, o.timezone, o.log_bodies, o.mask_bodies, o.suspend_reason, o.suspended_at IS NOT NULL AS suspended, o.plan_id,
             o.allow_models, o.deny_models, o.role_models, o.rpm AS org_rpm, o.tpm AS org_tpm, o.concurrency AS org_concurrency,
             (SELECT m.role FROM membership m WHERE m.org_id = k.org_id AND m.user_id = k.created_by_id) AS role,
             (SELECT json_agg(json_build_object('id', b.id, 'scope_type', b.scope_type, 'scope_id', b.scope_id, 'limit_nano', b.limit_nano::text,
                'period', b.period, 'reset_day', b.reset_day, 'action', b.action, 'switch_to', b.switch_to) ORDER BY b.id)
              FROM budget b WHERE b.org_id = k.org_id
                AND CASE b.scope_type WHEN 'key' THEN b.scope_id IN (k.id, coalesce(k.line_id, k.id), '*') WHEN 'member' THEN b.scope_id IN (k.created_by_id, '*') ELSE true END) AS budgets
           FROM api_key k JOIN organization o ON o.id = k.org_id WHERE k.hash = $1`,
    values: [hash],
  });
  const row = rows[0];
  if (!row || row.kind !== 'inference' || row.revoked_ms !== null) return null;
  return {
    org: {
      id: row.org_id,
      slug: row.slug,
      timezone: row.timezone,
      bodies: bodyChoiceOf({ logBodies: row.log_bodies, maskBodies: row.mask_bodies }),
      suspended: row.suspended ? (row.suspend_reason ?? '') : null,
      limits: row.org_rpm === null && row.org_tpm === null && row.org_concurrency === null ? null : { rpm: row.org_rpm, tpm: row.org_tpm, concurrency: row.org_concurrency },
    },
    layers: ownLayers({ allow: row.allow_models, deny: row.deny_models, roles: row.role_models }, row.role),
    key: {
      id: row.id,
      lineId: row.line_id,
      name: row.name,
      last4: row.last4,
      models: row.all_models ? null : row.models,
      limits: { rpm: row.rpm, tpm: row.tpm, concurrency: row.concurrency },
      budget: row.budget_nano === null ? null : { limit: nano(BigInt(row.budget_nano)), period: row.budget_period ?? 'total' },
      tags: row.tags,
      allowedFrom: row.allowed_ips.length === 0 ? null : compileAddressList(row.allowed_ips),
      expiresAtMs: row.expires_ms === null ? null : Number(row.expires_ms),
      createdById: row.created_by_id,
    },
    budgets: compileBudgets([...planBudget(row), ...(row.budgets ?? [])]),
    planId: row.plan_id,
  };
}

/** What the plan lets an organization spend in a period, as a budget of the organization. */
function planBudget({ plan_id: planId, plan_budget_nano: limit, plan_budget_period: period }: Row): BudgetRow[] {
  if (limit === null || period === null) return [];
  return [{ id: planBudgetId(planId, period), scope_type: 'organization', scope_id: '', limit_nano: limit, period, reset_day: null, action: 'block', switch_to: null }];
}
