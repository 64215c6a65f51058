import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { nano } from '@/lib/kernel/money';
import { changeBudgetLimit } from '@/lib/ledger';
import { type Ctx, recordAudit } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { bumpVersion, withOrg } from '@/lib/store';
import { budgetNano, checkModels, futureDate, KeyLimits, KeyName } from './key-input';
import { type KeyView, viewKeys } from './key-view';
import { getChangeableKey } from './own-key';

export const UpdateKeyInput = KeyLimits.extend({ id: z.string(), name: KeyName.optional() });
export type UpdateKeyInput = z.input<typeof UpdateKeyInput>;

/** Changes a key's name or limits; what is not given stays, `null` takes a limit away. In force within a second. */
export async function updateKey({ ctx, input }: { ctx: Ctx; input: UpdateKeyInput }): Promise<KeyView> {
  const { id, name, models, budgetUsd, budgetPeriod, rpm, tpm, concurrency, expiresAt, allowedIps, tags } = parseInput(UpdateKeyInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const before = await getChangeableKey(tx, ctx, id);
    if (before.revokedAt) throw new FairleadError('conflict', 'This key was revoked.');
    await checkModels(tx, models);
    const budget = budgetUsd === undefined ? before.budgetNano : budgetNano(budgetUsd);
    const row = await tx.apiKey.update({
      where: { id },
      data: {
        name,
        rpm,
        tpm,
        concurrency,
        ...(models === undefined ? {} : { allModels: models === null, models: models ?? [] }),
        budgetNano: budget,
        budgetPeriod: budget === null ? null : (budgetPeriod ?? before.budgetPeriod ?? 'total'),
        ...(allowedIps === undefined ? {} : { allowedIps: allowedIps ?? [] }),
        ...(tags === undefined ? {} : { tags: tags ?? {} }),
        ...(expiresAt === undefined ? {} : { expiresAt: futureDate(expiresAt) }),
      },
    });
    if (budget !== null && budget !== before.budgetNano)
      await changeBudgetLimit(tx, ctx.orgId, { scopeType: 'key', scopeId: before.lineId ?? id }, nano(budget));
    await recordAudit(tx, ctx, { action: 'key.update', targetType: 'key', targetId: id, before: limitsOf(before), after: limitsOf(row) });
    await bumpVersion(tx, 'keys');
    const [view] = await viewKeys(tx, ctx.orgId, [row]);
    return view as KeyView;
  });
}

type Limits = Pick<
  Awaited<ReturnType<typeof getChangeableKey>>,
  'name' | 'allModels' | 'models' | 'budgetNano' | 'budgetPeriod' | 'rpm' | 'tpm' | 'concurrency' | 'expiresAt' | 'allowedIps' | 'tags'
>;

function limitsOf({ name, allModels, models, budgetNano: budget, budgetPeriod, rpm, tpm, concurrency, expiresAt, allowedIps, tags }: Limits) {
  return { name, models: allModels ? null : models, budgetNano: budget?.toString() ?? null, budgetPeriod, rpm, tpm, concurrency, expiresAt, allowedIps, tags };
}
