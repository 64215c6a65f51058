import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { PlanSchema } from '@/lib/services/config/schema';
import type { OperatorCtx } from '@/lib/services/context';
import { applyEntries } from '@/lib/services/operator/apply-entries';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, type Tx } from '@/lib/store';

export const SavePlanInput = z.object({
  plan: PlanSchema,
  isNew: z.boolean(),
  /** Organizations of today keep what they signed up for: they move to an unlisted copy of the plan as it is now. */
  keepTenants: z.boolean(),
});

/** Adds a plan or makes a new version of one. Throws `invalid_request` with the field at fault. */
export async function savePlan({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof SavePlanInput> }): Promise<{ id: string; kept: string | null }> {
  const { plan, isNew, keepTenants } = parseInput(SavePlanInput, input);
  const now = await asSystem((tx) => tx.plan.findUnique({ where: { id: plan.id }, include: { _count: { select: { organizations: true } } } }));
  if (isNew && now) throw new FairleadError('invalid_request', `There is a plan "${plan.id}" already.`, { param: 'id' });
  if (!isNew && !now) throw new FairleadError('not_found');
  const copyId = now && keepTenants && now._count.organizations > 0 ? `${now.id.slice(0, 56)}.v${now.version}` : null;
  // The copy is made first: the apply that follows changes the plan that it is a copy of.
  if (copyId && now) await asSystem((tx) => moveToCopy(tx, now.id, copyId));
  await applyEntries(ctx, { plans: [plan] }, { action: isNew ? 'plan.create' : 'plan.update', targetType: 'plan', targetId: plan.id });
  return { id: plan.id, kept: copyId };
}

/** Everything that points at the plan as it is now points at its copy afterwards, also the prices Stripe charges for it. */
async function moveToCopy(tx: Tx, id: string, copyId: string): Promise<void> {
  const { version, name, ...row } = await tx.plan.findUniqueOrThrow({ where: { id } });
  await tx.plan.upsert({ where: { id: copyId }, create: { ...row, id: copyId, name: `${name} (v${version})`, version: 1, isPublic: false }, update: {} });
  await tx.organization.updateMany({ where: { planId: id }, data: { planId: copyId } });
  await tx.subscription.updateMany({ where: { planId: id }, data: { planId: copyId } });
  await tx.stripePrice.updateMany({ where: { planId: id }, data: { planId: copyId } });
}

export const RemovePlanInput = z.object({ id: z.string() });

/** Takes a plan away that nobody is on and that is not where new organizations begin. */
export async function removePlan({ ctx, input }: { ctx: OperatorCtx; input: { id: string } }): Promise<void> {
  await applyEntries(ctx, {}, { action: 'plan.delete', targetType: 'plan', targetId: input.id }, async (tx) => {
    const row = await tx.plan.findUnique({ where: { id: input.id }, include: { _count: { select: { organizations: true } } } });
    if (!row) throw new FairleadError('not_found');
    if (row._count.organizations > 0) throw new FairleadError('conflict', `${row._count.organizations} organizations are on it; move them first.`);
    const setting = await tx.setting.findUnique({ where: { key: 'defaultPlan' } });
    if (setting?.value === input.id) throw new FairleadError('conflict', 'New organizations begin on it; choose another default plan first.');
    await tx.plan.delete({ where: { id: input.id } });
  });
}
