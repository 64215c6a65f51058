import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { formatUsd, parseUsd } from '@/lib/kernel/money';
import { grantCredit, readBalance } from '@/lib/ledger';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { findOrg } from './find-org';

export const GrantCreditSchema = z.strictObject({
  /** Slug or id. */
  org: z.string().min(1),
  usd: z.string().refine(isPositiveAmount, { error: 'must be an amount of dollars such as "10.00", more than zero' }),
  reason: z.string().trim().min(1, 'say why').max(200),
  /** The same name books once, so a repeated call is safe. */
  idempotencyKey: z.string().min(1).max(200).optional(),
});

export interface GrantedCredit {
  org: string;
  granted_usd: string;
  available_usd: string;
}

/** Gives an organization paid-class credit, usable for every model, with a reason that stays in its ledger and in the audit. */
export async function grantCreditToOrg({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof GrantCreditSchema> }): Promise<GrantedCredit> {
  const parsed = GrantCreditSchema.safeParse(input);
  if (!parsed.success) throw new FairleadError('invalid_request', `${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`);
  const { usd, reason, idempotencyKey } = parsed.data;
  const org = await findOrg(parsed.data.org);
  const amount = parseUsd(usd);
  return asSystem(async (tx) => {
    const { granted } = await grantCredit(tx, {
      orgId: org.id,
      fund: 'paid',
      amount,
      kind: 'grant',
      sourceType: 'operator_grant',
      sourceId: idempotencyKey === undefined ? newId('top') : `${org.id}:${idempotencyKey}`,
      memo: reason,
    });
    if (granted) {
      const inOrg: OperatorCtx & { orgId: string } = { ...ctx, orgId: org.id };
      await recordAudit(tx, inOrg, { action: 'credit.grant', targetType: 'organization', targetId: org.id, after: { amount_usd: formatUsd(amount), reason } });
    }
    return { org: org.slug, granted_usd: formatUsd(granted ? amount : 0n), available_usd: formatUsd((await readBalance(tx, org.id)).available) };
  });
}

function isPositiveAmount(text: string): boolean {
  try {
    return parseUsd(text) > 0n;
  } catch {
    return false;
  }
}
