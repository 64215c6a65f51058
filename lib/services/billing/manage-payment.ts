import { z } from 'zod';
import { openPortal } from '@/lib/billing';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { requireBilling } from './require-billing';

export const ManagePaymentInput = z.object({ origin: z.url() });

/** The address of Stripe's page for cards, tax ids and invoices; good for one visit. */
export async function managePayment({ ctx, input }: { ctx: Ctx; input: z.input<typeof ManagePaymentInput> }): Promise<{ url: string }> {
  requireRight(ctx, 'billing:write');
  const { origin } = ManagePaymentInput.parse(input);
  const billing = requireBilling();
  const org = await withOrg(ctx.orgId, async (tx) => {
    await recordAudit(tx, ctx, { action: 'billing.portal', targetType: 'organization', targetId: ctx.orgId });
    return tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId } });
  });
  return { url: await openPortal(billing, org.stripeCustomerId, `${origin}/${org.slug}/settings/billing`) };
}
