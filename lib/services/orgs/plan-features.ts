import { FairleadError } from '@/lib/kernel/errors';
import type { Ctx } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import type { PlanFeature } from '@/lib/kernel/plan-features';

/** Throws `plan_limit` where the organization's plan leaves this part of the product out. What was made before stays. */
export async function requireFeature({ orgId }: Pick<Ctx, 'orgId'>, feature: PlanFeature): Promise<void> {
  const { plan } = await withOrg(orgId, (tx) => tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { plan: { select: { name: true, features: true } } } }));
  if (!plan.features.includes(feature)) throw new FairleadError('plan_limit', `The plan ${plan.name} does not include ${feature.replaceAll('_', ' ')}.`, { more: { feature } });
}
