import { z } from 'zod';
import { newId, randomBase62 } from '@/lib/kernel/ids';
import { formatUsd, parseUsd } from '@/lib/kernel/money';
import { hashCode } from '@/lib/services/billing/redeem-code';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export const CreateCodeInput = z.object({
  usd: z.string().trim().regex(/^\d{1,6}(\.\d{1,2})?$/, 'must be a dollar amount').refine((usd) => parseUsd(usd) > 0n, 'must be more than zero'),
  maxUses: z.coerce.number().int().min(1).max(100_000),
  creditDays: z.coerce.number().int().min(1).max(3_650).optional(),
  note: z.string().trim().max(200).default(''),
});

/** Makes a code. It is answered once and kept as a hash: 20 letters, more than can be guessed. */
export async function createCode({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof CreateCodeInput> }): Promise<{ code: string }> {
  const raw = randomBase62(20).toUpperCase();
  const code = raw.replace(/(.{5})(?=.)/g, '$1-');
  const id = newId('top');
  await asSystem(async (tx) => {
    await tx.redemptionCode.create({
      data: { id, hash: hashCode(code), last4: raw.slice(-4), amountNano: parseUsd(input.usd), maxUses: input.maxUses, creditDays: input.creditDays ?? null, note: input.note },
    });
    await recordAudit(tx, ctx, { action: 'code.create', targetType: 'code', targetId: id, after: { amount_usd: formatUsd(parseUsd(input.usd)), uses: input.maxUses } });
  });
  return { code };
}

export const DisableCodeInput = z.object({ id: z.string().min(1).max(100) });

/** Ends a code; what it gave stays. */
export async function disableCode({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof DisableCodeInput> }): Promise<{ id: string }> {
  await asSystem(async (tx) => {
    await tx.redemptionCode.update({ where: { id: input.id }, data: { disabledAt: new Date() } });
    await recordAudit(tx, ctx, { action: 'code.disable', targetType: 'code', targetId: input.id });
  });
  return { id: input.id };
}
