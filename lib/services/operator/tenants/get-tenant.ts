import { FairleadError } from '@/lib/kernel/errors';
import type { OrgId } from '@/lib/kernel/ids';
import { findPlanBudget, type PlanBudget } from '@/lib/services/budgets/read-plan-budget';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { ListTenantsInput, listTenants, type TenantRow } from './list-tenants';

export interface ModelLists {
  allow: string[];
  deny: string[];
}

export interface TenantDetail extends TenantRow {
  suspendReason: string | null;
  limits: { rpm: number | null; tpm: number | null; concurrency: number | null };
  planLimits: { rpm: number | null; tpm: number | null; concurrency: number | null };
  /** What its plan lets it spend in one period; null: no limit. */
  planBudget: PlanBudget | null;
  lists: ModelLists;
  roles: Record<string, ModelLists>;
  notes: string | null;
  supportAccessUntil: string | null;
  people: { email: string; name: string | null; role: string; verified: boolean }[];
}

/** One organization by its slug. Throws `not_found`. */
export async function getTenant({ ctx, input }: { ctx: OperatorCtx; input: { slug: string } }): Promise<TenantDetail> {
  const org = await asSystem((tx) =>
    tx.organization.findUnique({ where: { slug: input.slug }, include: { plan: true, memberships: { include: { user: true }, orderBy: { createdAt: 'asc' }, take: 100 } } }),
  );
  if (!org) throw new FairleadError('not_found');
  const page = await listTenants({ ctx, input: ListTenantsInput.parse({ q: org.id }) });
  const row = page.data.find(({ id }) => id === org.id);
  if (!row) throw new FairleadError('not_found');
  const roles = (org.roleModels ?? {}) as Record<string, Partial<ModelLists>>;
  return {
    ...row,
    suspendReason: org.suspendReason,
    limits: { rpm: org.rpm, tpm: org.tpm, concurrency: org.concurrency },
    planBudget: await asSystem((tx) => findPlanBudget(tx, org.id as OrgId)),
    planLimits: { rpm: org.plan.rpm, tpm: org.plan.tpm, concurrency: org.plan.concurrency },
    lists: { allow: org.allowModels, deny: org.denyModels },
    roles: Object.fromEntries(Object.entries(roles).map(([role, lists]) => [role, { allow: lists.allow ?? [], deny: lists.deny ?? [] }])),
    notes: org.notes,
    supportAccessUntil: org.supportAccessUntil && org.supportAccessUntil.getTime() > Date.now() ? org.supportAccessUntil.toISOString() : null,
    people: org.memberships.map(({ role, user }) => ({ email: user.email, name: user.name, role, verified: user.emailVerifiedAt !== null })),
  };
}
