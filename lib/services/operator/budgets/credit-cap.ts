import { z } from 'zod';
import { formatUsd } from '@/lib/kernel/money';
import { BudgetTerms, limitOf } from '@/lib/services/budgets/budget-input';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { CREDIT_CAP_SETTING, readCreditCap } from '@/lib/services/orgs/included-credit';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem } from '@/lib/store';

export const CreditCapInput = z.object({ usdPerDay: BudgetTerms.shape.limitUsd });

/** How much included credit all organizations together may be given on one day, in dollars. */
export async function getCreditCap(_call: { ctx: OperatorCtx }): Promise<string> {
  return formatUsd(await asSystem(readCreditCap));
}

/** Sets it; 0 gives none any more. */
export async function saveCreditCap({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof CreditCapInput> }): Promise<string> {
  const value = formatUsd(limitOf(parseInput(CreditCapInput, input).usdPerDay));
  return asSystem(async (tx) => {
    const before = formatUsd(await readCreditCap(tx));
    await tx.setting.upsert({ where: { key: CREDIT_CAP_SETTING }, create: { key: CREDIT_CAP_SETTING, value }, update: { value, updatedAt: new Date() } });
    await recordAudit(tx, ctx, { action: 'settings.credit_cap', targetType: 'settings', targetId: CREDIT_CAP_SETTING, before, after: value });
    return value;
  });
}
