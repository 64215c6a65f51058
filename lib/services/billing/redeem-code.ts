import { createHash } from 'node:crypto';
import { z } from 'zod';
import { endAt } from '@/lib/billing';
import { FairleadError } from '@/lib/kernel/errors';
import { formatUsd, nano } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export const RedeemCodeInput = z.object({ code: z.string().trim().min(8).max(80) });

/** Codes are compared without regard to case, spaces and dashes, and kept as hashes only. */
export function hashCode(code: string): string {
  return createHash('sha256').update(code.replace(/[\s-]/g, '').toUpperCase()).digest('hex');
}

/** Adds the credit of a code, once per organization and as often as the code allows. Every wrong code gets the same answer. */
export async function redeemCode({ ctx, input }: { ctx: Ctx; input: z.input<typeof RedeemCodeInput> }): Promise<{ amountUsd: string }> {
  requireRight(ctx, 'billing:write');
  const { code } = RedeemCodeInput.parse(input);
  return asSystem(async (tx) => {
    const [row] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM redemption_code WHERE hash = ${hashCode(code)} FOR UPDATE`;
    const found = row && (await tx.redemptionCode.findUnique({ where: { id: row.id } }));
    const isGood = found && !found.disabledAt && (!found.expiresAt || found.expiresAt > new Date());
    if (!isGood) throw new FairleadError('not_found', 'This code is not valid.', { more: { reason: 'code_invalid' } });
    if (await tx.redemption.findUnique({ where: { codeId_orgId: { codeId: found.id, orgId: ctx.orgId } } }))
      throw new FairleadError('conflict', 'The organization has used this code already.', { more: { reason: 'code_used' } });
    if (found.uses >= found.maxUses) throw new FairleadError('not_found', 'This code is not valid.', { more: { reason: 'code_invalid' } });
    const amount = nano(found.amountNano);
    const source = { sourceType: 'redemption', sourceId: `${found.id}:${ctx.orgId}` };
    await tx.redemption.create({ data: { codeId: found.id, orgId: ctx.orgId } });
    await tx.redemptionCode.update({ where: { id: found.id }, data: { uses: found.uses + 1 } });
    await grantCredit(tx, { orgId: ctx.orgId, fund: 'promotional', amount, kind: 'grant', ...source, memo: `Code …${found.last4}` });
    if (found.creditDays !== null) await endAt(tx, { orgId: ctx.orgId, fund: 'promotional', amount, ...source, expiresAt: new Date(Date.now() + found.creditDays * 86_400_000) });
    await recordAudit(tx, ctx, { action: 'code.redeem', targetType: 'code', targetId: found.id, after: { amount_usd: formatUsd(amount) } });
    return { amountUsd: formatUsd(amount, 2) };
  });
}
