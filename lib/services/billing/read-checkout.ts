import { z } from 'zod';
import { currentBilling, settleCheckout } from '@/lib/billing';
import { formatUsd } from '@/lib/kernel/money';
import { log } from '@/lib/log';
import { type Ctx, requireRight } from '@/lib/services/context';
import { asSystem, withOrg } from '@/lib/store';

export const ReadCheckoutInput = z.object({
  sessionId: z.string().regex(/^cs_\w{1,200}$/),
  /** Ask Stripe too when nothing has arrived. The first paint does not wait for that. */
  ask: z.boolean().default(true),
});

/** How far a checkout is that the person came back from. */
export interface CheckoutProgress {
  state: 'waiting' | 'done' | 'expired';
  plan: string | null;
  amountUsd: string | null;
}

/**
 * Says whether what was paid has arrived. It asks Stripe itself when it has not, so a late or lost webhook costs the
 * person nothing; it grants through the same function as the webhook, never from the address alone. Null: not this
 * organization's checkout.
 */
export async function readCheckout({ ctx, input }: { ctx: Ctx; input: z.input<typeof ReadCheckoutInput> }): Promise<CheckoutProgress | null> {
  requireRight(ctx, 'billing:read');
  const parsed = ReadCheckoutInput.safeParse(input);
  if (!parsed.success) return null;
  const { sessionId, ask } = parsed.data;
  const first = await look(ctx, sessionId);
  if (first?.state !== 'waiting' || !ask) return first;
  const billing = currentBilling();
  if (!billing) return first;
  try {
    await asSystem((tx) => settleCheckout(tx, billing, sessionId));
  } catch (error) {
    log.warn({ err: error, session: sessionId }, 'a checkout could not be settled from the return page; its webhook will');
    return first;
  }
  return look(ctx, sessionId);
}

async function look(ctx: Ctx, sessionId: string): Promise<CheckoutProgress | null> {
  return withOrg(ctx.orgId, async (tx) => {
    const intent = await tx.checkoutIntent.findFirst({ where: { sessionId, orgId: ctx.orgId } });
    if (!intent) return null;
    const org = await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId } });
    const plan = intent.planId ? await tx.plan.findUnique({ where: { id: intent.planId } }) : null;
    const arrived = intent.status === 'complete' && (intent.planId === null || org.planId === intent.planId);
    return {
      state: arrived ? 'done' : intent.status === 'expired' ? 'expired' : 'waiting',
      plan: plan?.name ?? null,
      amountUsd: intent.amountNano === null ? null : formatUsd(intent.amountNano, 2),
    };
  });
}
