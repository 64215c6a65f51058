import { nano } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import type { Tx } from '@/lib/store';

export interface IncludedCredit {
  orgId: string;
  plan: { name: string; includedCreditNano: bigint };
  owner: { email: string; emailVerifiedAt: Date | null };
  now?: Date;
}

/** Grants a plan's credit of this month: it belongs to a confirmed person, so more organizations bring no more of it. */
export async function grantIncludedCredit(tx: Tx, { orgId, plan, owner, now = new Date() }: IncludedCredit): Promise<{ granted: boolean }> {
  if (!owner.emailVerifiedAt || plan.includedCreditNano <= 0n) return { granted: false };
  const month = now.toISOString().slice(0, 7);
  return grantCredit(tx, {
    orgId,
    fund: 'included',
    amount: nano(plan.includedCreditNano),
    kind: 'grant',
    sourceType: 'included',
    sourceId: `${owner.email}:${month}`,
    memo: `Included in ${plan.name}, ${month}`,
  });
}
