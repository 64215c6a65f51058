import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, bumpVersion } from '@/lib/store';

export const RemoveOperatorBudgetInput = z.object({ id: z.string() });

/** Takes a budget away; calls that run end as they were admitted, and what was spent stays on its accounts. */
export async function removeOperatorBudget({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof RemoveOperatorBudgetInput> }): Promise<{ id: string }> {
  const { id } = parseInput(RemoveOperatorBudgetInput, input);
  return asSystem(async (tx) => {
    const { count } = await tx.operatorBudget.deleteMany({ where: { id } });
    if (count === 0) throw new FairleadError('not_found');
    await recordAudit(tx, ctx, { action: 'operator_budget.delete', targetType: 'operator_budget', targetId: id });
    await bumpVersion(tx, 'policy');
    return { id };
  });
}
