import { cancelAtPeriodEnd, findLiveSubscription } from '@/lib/billing';
import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { requireBilling } from './require-billing';

/** Lets a subscription that was to end with its period go on. */
export async function resumePlan({ ctx }: { ctx: Ctx }): Promise<void> {
  requireRight(ctx, 'billing:write');
  const billing = requireBilling();
  const running = await findLiveSubscription(billing, ctx.orgId);
  if (!running) throw new FairleadError('not_found', 'There is no subscription to resume.');
  await cancelAtPeriodEnd(billing, running, false);
  await withOrg(ctx.orgId, (tx) => recordAudit(tx, ctx, { action: 'plan.resume', targetType: 'organization', targetId: ctx.orgId }));
}
