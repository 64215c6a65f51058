import { newId } from '@/lib/kernel/ids';
import { type Money, nano } from '@/lib/kernel/money';
import type { Tx } from '@/lib/store';
import type { CreditMovement } from './grant-credit';

/**
 * Takes back credit that ended: at most `amount`, and never what running calls hold, so a balance cannot become negative.
 * Returns how much was taken; a source that was booked before takes nothing.
 */
export async function expireCredit(tx: Tx, movement: Omit<CreditMovement, 'kind'>): Promise<Money> {
  const [row] = await tx.$queryRaw<{ taken: bigint }[]>`
    SELECT ledger.expire_credit(${newId('ent')}, ${movement.orgId}, ${movement.fund}, ${movement.amount}::bigint, ${movement.sourceType},
      ${movement.sourceId}, ${movement.memo ?? null}) AS taken`;
  return nano(row?.taken ?? 0n);
}

/**
 * Sets how much an organization may use beyond all its credit in the billing period that began at `since`; 0 stops it at
 * once. What was used before stays owed.
 */
export async function limitOverage(tx: Tx, limit: { orgId: string; since: Date; cap: Money }): Promise<void> {
  await tx.$executeRaw`SELECT ledger.limit_overage(${limit.orgId}, ${limit.since}::timestamptz, ${limit.cap}::bigint)`;
}
