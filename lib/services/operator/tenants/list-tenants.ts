import { z } from 'zod';
import { formatUsd } from '@/lib/kernel/money';
import { REAL_FUNDS } from '@/lib/ledger';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem, Prisma } from '@/lib/store';

export const ListTenantsInput = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  plan: z.string().max(64).catch('').default(''),
  state: z.enum(['', 'active', 'suspended']).catch('').default(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

export interface TenantRow {
  id: string;
  slug: string;
  name: string;
  plan: { id: string; name: string };
  owner: string | null;
  members: number;
  keys: number;
  suspended: boolean;
  createdAt: string;
  lastActiveAt: string | null;
  available_usd: string;
  /** Since the first of the month, without demo models. */
  revenue_usd: string;
  margin_usd: string;
  requests: number;
}

export interface TenantPage {
  data: TenantRow[];
  total: number;
  page: number;
  pages: number;
}

const PER_PAGE = 50;

interface Row {
  id: string;
  slug: string;
  name: string;
  plan_id: string;
  plan_name: string;
  owner: string | null;
  members: bigint;
  keys: bigint;
  suspended: boolean;
  created_at: Date;
  last_active: Date | null;
  available: bigint | null;
  revenue: bigint | null;
  cost: bigint | null;
  requests: bigint | null;
  total: bigint;
}

/** Organizations with what they bring in, the best customers of the month first. */
export async function listTenants({ input }: { ctx: OperatorCtx; input: z.output<typeof ListTenantsInput> }): Promise<TenantPage> {
  const parts = [Prisma.sql`true`];
  if (input.q) parts.push(Prisma.sql`(o.name ILIKE ${`%${input.q}%`} OR o.slug ILIKE ${`%${input.q}%`} OR o.id = ${input.q} OR EXISTS (SELECT FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.org_id = o.id AND u.email ILIKE ${`%${input.q}%`}))`);
  if (input.plan) parts.push(Prisma.sql`o.plan_id = ${input.plan}`);
  if (input.state) parts.push(input.state === 'suspended' ? Prisma.sql`o.suspended_at IS NOT NULL` : Prisma.sql`o.suspended_at IS NULL`);
  const rows = await asSystem(
    (tx) => tx.$queryRaw<Row[]>`
      WITH month AS (
        SELECT org_id, sum(cost_nano)::bigint AS revenue, sum(provider_cost_nano)::bigint AS cost, sum(requests)::bigint AS requests
        FROM usage_rollup WHERE bucket >= date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AND provider_id NOT IN (SELECT id FROM provider WHERE adapter = 'demo') GROUP BY 1
      ), funds AS (
        SELECT org_id, sum(limit_nano - spent_nano - held_nano)::bigint AS available FROM account WHERE scope_type = 'fund' AND scope_id IN (${Prisma.join([...REAL_FUNDS])}) GROUP BY 1
      )
      SELECT o.id, o.slug, o.name, o.plan_id, p.name AS plan_name, o.suspended_at IS NOT NULL AS suspended, o.created_at,
        (SELECT u.email FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.org_id = o.id AND m.role = 'owner' ORDER BY m.created_at LIMIT 1) AS owner,
        (SELECT count(*) FROM membership m WHERE m.org_id = o.id) AS members,
        (SELECT count(*) FROM api_key k WHERE k.org_id = o.id AND k.revoked_at IS NULL) AS keys,
        (SELECT max(k.last_used_at) FROM api_key k WHERE k.org_id = o.id) AS last_active,
        funds.available, month.revenue, month.cost, month.requests, count(*) OVER () AS total
      FROM organization o JOIN plan p ON p.id = o.plan_id LEFT JOIN month ON month.org_id = o.id LEFT JOIN funds ON funds.org_id = o.id
      WHERE ${Prisma.join(parts, ' AND ')}
      ORDER BY month.revenue DESC NULLS LAST, o.created_at DESC, o.id LIMIT ${PER_PAGE} OFFSET ${(input.page - 1) * PER_PAGE}`,
  );
  const total = Number(rows[0]?.total ?? 0);
  return { data: rows.map(toTenantRow), total, page: input.page, pages: Math.max(1, Math.ceil(total / PER_PAGE)) };
}

function toTenantRow(row: Row): TenantRow {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    plan: { id: row.plan_id, name: row.plan_name },
    owner: row.owner,
    members: Number(row.members),
    keys: Number(row.keys),
    suspended: row.suspended,
    createdAt: row.created_at.toISOString(),
    lastActiveAt: row.last_active?.toISOString() ?? null,
    available_usd: formatUsd(row.available ?? 0n),
    revenue_usd: formatUsd(row.revenue ?? 0n),
    margin_usd: formatUsd((row.revenue ?? 0n) - (row.cost ?? 0n)),
    requests: Number(row.requests ?? 0n),
  };
}
