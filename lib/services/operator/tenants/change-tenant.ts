import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, bumpVersion, type Prisma } from '@/lib/store';

const whole = z.int().min(1).max(2_000_000_000).nullable();
const rules = z.array(z.string().trim().regex(/^[A-Za-z0-9*][A-Za-z0-9._:@/+*-]{0,199}$/, 'must be a name, a pattern or a condition')).max(200);
const lists = z.object({ allow: rules, deny: rules });

export const SetTenantPlanInput = z.object({ id: z.string(), plan: z.string() });

/** Moves an organization to another plan by hand: without a payment, at once. */
export async function setTenantPlan({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof SetTenantPlanInput> }): Promise<void> {
  await change(ctx, input.id, 'plan.change', async (now, tx) => {
    if (!(await tx.plan.findUnique({ where: { id: input.plan }, select: { id: true } }))) throw new FairleadError('invalid_request', `There is no plan "${input.plan}".`, { param: 'plan' });
    return { data: { planId: input.plan }, before: { plan: now.planId }, after: { plan: input.plan } };
  });
}

export const SetTenantLimitsInput = z.object({ id: z.string(), rpm: whole, tpm: whole, concurrency: whole });

/** Limits of its own in the place of the plan's; null: the plan's hold. */
export async function setTenantLimits({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof SetTenantLimitsInput> }): Promise<void> {
  const { id, ...limits } = input;
  await change(ctx, id, 'tenant.limits', async (now) => ({ data: limits, before: { rpm: now.rpm, tpm: now.tpm, concurrency: now.concurrency }, after: limits }));
}

export const SetTenantModelsInput = z.object({ id: z.string(), lists, roles: z.record(z.enum(['owner', 'admin', 'developer', 'billing', 'viewer']), lists) });

/** What this organization, and the roles in it, may call inside its plan. */
export async function setTenantModels({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof SetTenantModelsInput> }): Promise<void> {
  const { id, lists: own, roles } = input;
  const kept = Object.fromEntries(Object.entries(roles).filter(([, { allow, deny }]) => allow.length + deny.length > 0));
  await change(ctx, id, 'tenant.models', async (now) => ({
    data: { allowModels: own.allow, denyModels: own.deny, roleModels: kept },
    before: { allow: now.allowModels, deny: now.denyModels, roles: now.roleModels },
    after: { ...own, roles: kept },
  }));
}

export const SuspendTenantInput = z.object({ id: z.string(), reason: z.string().trim().min(1, 'say why: its people read it').max(300) });

/** Refuses its calls from now on and ends its running streams. Its people read the reason; nothing is deleted. */
export async function suspendTenant({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof SuspendTenantInput> }): Promise<void> {
  await change(ctx, input.id, 'tenant.suspend', async (now) => {
    if (now.suspendedAt) throw new FairleadError('conflict', 'It is suspended already.');
    return { data: { suspendedAt: new Date(), suspendReason: input.reason }, before: { suspended: false }, after: { suspended: true, reason: input.reason } };
  });
}

export const TenantIdInput = z.object({ id: z.string() });

export async function resumeTenant({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof TenantIdInput> }): Promise<void> {
  await change(ctx, input.id, 'tenant.resume', async (now) => ({
    data: { suspendedAt: null, suspendReason: null },
    before: { suspended: now.suspendedAt !== null, reason: now.suspendReason },
    after: { suspended: false },
  }));
}

export const SetTenantNotesInput = z.object({ id: z.string(), notes: z.string().trim().max(5_000) });

/** The operator's own notes. They stay out of the audit's details: they may hold what the organization should not read. */
export async function setTenantNotes({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof SetTenantNotesInput> }): Promise<void> {
  await asSystem(async (tx) => {
    const { count } = await tx.organization.updateMany({ where: { id: input.id }, data: { notes: input.notes || null } });
    if (count === 0) throw new FairleadError('not_found');
    await recordAudit(tx, ctx, { action: 'tenant.notes', targetType: 'organization', targetId: input.id });
  });
}

/** Says in the organization's own audit that an operator looked in. */
export async function recordView({ ctx, input }: { ctx: OperatorCtx; input: { id: string } }): Promise<{ slug: string }> {
  return asSystem(async (tx) => {
    const org = await tx.organization.findUnique({ where: { id: input.id }, select: { slug: true } });
    if (!org) throw new FairleadError('not_found');
    await recordAudit(tx, inOrg(ctx, input.id), { action: 'tenant.view_as', targetType: 'organization', targetId: input.id });
    return org;
  });
}

type Tx = Parameters<Parameters<typeof asSystem>[0]>[0];
type Org = Prisma.OrganizationGetPayload<object>;

async function change(
  ctx: OperatorCtx,
  id: string,
  action: string,
  decide: (now: Org, tx: Tx) => Promise<{ data: Prisma.OrganizationUncheckedUpdateInput; before: object; after: object }>,
): Promise<void> {
  await asSystem(async (tx) => {
    const now = await tx.organization.findUnique({ where: { id } });
    if (!now) throw new FairleadError('not_found');
    const { data, before, after } = await decide(now, tx);
    await tx.organization.update({ where: { id }, data });
    await recordAudit(tx, inOrg(ctx, id), { action, targetType: 'organization', targetId: id, before, after });
    await bumpVersion(tx, 'policy');
    await bumpVersion(tx, 'keys');
  });
}

/** The entry belongs to the organization: its owners see what the operator changed. */
function inOrg(ctx: OperatorCtx, orgId: string): OperatorCtx & { orgId: string } {
  return { ...ctx, orgId };
}
