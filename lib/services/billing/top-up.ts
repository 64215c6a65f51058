import { z } from 'zod';
import { openTopUpIntent, startCheckout } from '@/lib/billing';
import { parseUsd } from '@/lib/kernel/money';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { requireBilling } from './require-billing';

/** What is offered without typing. */
export const TOP_UP_PACKS = ['10.00', '25.00', '100.00'] as const;
export const TOP_UP_MIN = '5.00';
export const TOP_UP_MAX = '5000.00';

export const TopUpInput = z.object({
  /** Dollars with at most two decimals: what cents can hold. */
  usd: z
    .string()
    .trim()
    .regex(/^\d{1,6}(\.\d{1,2})?$/, 'must be a dollar amount')
    .refine((usd) => parseUsd(usd) >= parseUsd(TOP_UP_MIN) && parseUsd(usd) <= parseUsd(TOP_UP_MAX), `must be between $${TOP_UP_MIN} and $${TOP_UP_MAX}`),
  origin: z.url(),
});

/** Opens Checkout for credit. The amount is the server's: what the page shows as packs is only a suggestion. */
export async function topUp({ ctx, input }: { ctx: Ctx; input: z.input<typeof TopUpInput> }): Promise<{ url: string }> {
  requireRight(ctx, 'billing:write');
  const { usd, origin } = TopUpInput.parse(input);
  const billing = requireBilling();
  const intent = await withOrg(ctx.orgId, async (tx) => {
    const opened = await openTopUpIntent(
      tx,
      { orgId: ctx.orgId, simulated: billing.simulated, createdById: 'id' in ctx.actor ? ctx.actor.id : null },
      parseUsd(usd),
    );
    await recordAudit(tx, ctx, { action: 'checkout.start', targetType: 'credit', targetId: opened.id, after: { usd } });
    return opened;
  });
  return { url: await startCheckout(billing, intent, origin) };
}
