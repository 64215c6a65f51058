import { z } from 'zod';
import { endAt } from '@/lib/billing';
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
  /** When what is left of it ends: a day (its last moment, UTC) or a time with its zone. Absent: never. */
  expires: z.string().refine((text) => (parseEnd(text)?.getTime() ?? 0) > Date.now(), { error: 'must be a day such as "2027-01-31" or a time such as "2027-01-31T12:00:00Z", still to come' }).optional(),
  /** The same name books once, so a repeated call is safe. */
  idempotencyKey: z.string().min(1).max(200).optional(),
});

export interface GrantedCredit {
  org: string;
  granted_usd: string;
  /** ISO 8601; null: it does not end. */
  expires_at: string | null;
  available_usd: string;
}

/**
 * Gives an organization credit that is usable for every model: paid-class, or promotional when it ends, so that its end
 * never touches what was bought. A reason stays in its ledger and in the audit.
 */
export async function grantCreditToOrg({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof GrantCreditSchema> }): Promise<GrantedCredit> {
  const parsed = GrantCreditSchema.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const param = issue?.path.join('.') ?? '';
    throw new FairleadError('invalid_request', `${param}: ${issue?.message}`, { param });
  }
  const { usd, reason, expires, idempotencyKey } = parsed.data;
  const expiresAt = expires === undefined ? null : parseEnd(expires);
  const org = await findOrg(parsed.data.org);
  const amount = parseUsd(usd);
  return asSystem(async (tx) => {
    const source = { sourceType: 'operator_grant', sourceId: idempotencyKey === undefined ? newId('top') : `${org.id}:${idempotencyKey}` };
    const fund = expiresAt ? 'promotional' : 'paid';
    const { granted } = await grantCredit(tx, { orgId: org.id, fund, amount, kind: 'grant', ...source, memo: reason });
    if (granted) {
      if (expiresAt) await endAt(tx, { orgId: org.id, fund, amount, ...source, expiresAt });
      const inOrg: OperatorCtx & { orgId: string } = { ...ctx, orgId: org.id };
      await recordAudit(tx, inOrg, { action: 'credit.grant', targetType: 'organization', targetId: org.id, after: { amount_usd: formatUsd(amount), reason, ...(expiresAt && { expires_at: expiresAt.toISOString() }) } });
    }
    // Of the grant that counts: a repeated call may have named another end.
    const ending = await tx.creditGrant.findUnique({ where: { sourceType_sourceId: source } });
    return { org: org.slug, granted_usd: formatUsd(granted ? amount : 0n), expires_at: ending?.expiresAt.toISOString() ?? null, available_usd: formatUsd((await readBalance(tx, org.id)).available) };
  });
}

/** Null for what is neither a day nor a time with its zone, and for days that do not exist. */
function parseEnd(text: string): Date | null {
  if (z.iso.date().safeParse(text).success) return new Date(`${text}T23:59:59.999Z`);
  return z.iso.datetime({ offset: true }).safeParse(text).success ? new Date(text) : null;
}

function isPositiveAmount(text: string): boolean {
  try {
    return parseUsd(text) > 0n;
  } catch {
    return false;
  }
}
