import { z } from 'zod';
import { currentBilling, ensureCustomer, findSavedCard, openCardIntent, startCheckout } from '@/lib/billing';
import { formatUsd, parseUsd } from '@/lib/kernel/money';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { requireBilling } from './require-billing';
import { TOP_UP_MAX, TOP_UP_MIN } from './top-up';

const dollars = z.string().trim().regex(/^\d{1,6}(\.\d{1,2})?$/, 'must be a dollar amount with at most two decimals');

export const AutoRechargeInput = z
  .object({ enabled: z.boolean(), thresholdUsd: dollars, amountUsd: dollars, monthlyCapUsd: dollars, origin: z.url() })
  .refine(({ amountUsd }) => parseUsd(amountUsd) >= parseUsd(TOP_UP_MIN) && parseUsd(amountUsd) <= parseUsd(TOP_UP_MAX), {
    path: ['amountUsd'],
    error: `must be between $${TOP_UP_MIN} and $${TOP_UP_MAX}`,
  })
  .refine(({ amountUsd, monthlyCapUsd }) => parseUsd(monthlyCapUsd) >= parseUsd(amountUsd), { path: ['monthlyCapUsd'], error: 'must allow at least one recharge' });

export interface AutoRechargeView {
  enabled: boolean;
  thresholdUsd: string;
  amountUsd: string;
  monthlyCapUsd: string;
  /** Why nothing is charged although it is on. */
  pausedReason: string | null;
  lastAttempt: { at: string; amountUsd: string; status: string; error: string | null } | null;
}

export async function readAutoRecharge({ ctx }: { ctx: Ctx }): Promise<AutoRechargeView | null> {
  requireRight(ctx, 'billing:read');
  return withOrg(ctx.orgId, async (tx) => {
    const row = await tx.autoRecharge.findUnique({ where: { orgId: ctx.orgId } });
    if (!row) return null;
    const last = await tx.rechargeAttempt.findFirst({ where: { orgId: ctx.orgId }, orderBy: { cycle: 'desc' } });
    return {
      enabled: row.enabled,
      thresholdUsd: formatUsd(row.thresholdNano, 2),
      amountUsd: formatUsd(row.amountNano, 2),
      monthlyCapUsd: formatUsd(row.monthlyCapNano, 2),
      pausedReason: row.pausedReason,
      lastAttempt: last && { at: last.createdAt.toISOString(), amountUsd: formatUsd(last.amountNano, 2), status: last.status, error: last.error },
    };
  });
}

/**
 * Sets auto-recharge. Switching it on takes a saved card; without one it leads to Checkout, where one is saved, and then
 * begins. Saving again ends a pause.
 */
export async function saveAutoRecharge({ ctx, input }: { ctx: Ctx; input: z.input<typeof AutoRechargeInput> }): Promise<{ kind: 'changed' } | { kind: 'leave'; url: string }> {
  requireRight(ctx, 'billing:write');
  const { enabled, thresholdUsd, amountUsd, monthlyCapUsd, origin } = AutoRechargeInput.parse(input);
  const billing = enabled ? requireBilling() : currentBilling();
  const data = { enabled, thresholdNano: parseUsd(thresholdUsd), amountNano: parseUsd(amountUsd), monthlyCapNano: parseUsd(monthlyCapUsd), pausedReason: null, failures: 0, retryAt: null, updatedAt: new Date() };
  const org = await withOrg(ctx.orgId, async (tx) => {
    await tx.autoRecharge.upsert({ where: { orgId: ctx.orgId }, create: { orgId: ctx.orgId, ...data }, update: data });
    await recordAudit(tx, ctx, { action: 'auto_recharge.set', targetType: 'organization', targetId: ctx.orgId, after: { enabled, thresholdUsd, amountUsd, monthlyCapUsd } });
    return tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId } });
  });
  if (!enabled || !billing) return { kind: 'changed' };
  const customer = await ensureCustomer(billing, org);
  if (await findSavedCard(billing, customer)) return { kind: 'changed' };
  await withOrg(ctx.orgId, (tx) => tx.autoRecharge.update({ where: { orgId: ctx.orgId }, data: { pausedReason: 'no_card' } }));
  const intent = await withOrg(ctx.orgId, (tx) => openCardIntent(tx, { orgId: ctx.orgId, simulated: billing.simulated, createdById: 'id' in ctx.actor ? ctx.actor.id : null }));
  return { kind: 'leave', url: await startCheckout(billing, intent, origin) };
}
