import { newId } from '@/lib/kernel/ids';
import type { Money } from '@/lib/kernel/money';
import type { Tx } from '@/lib/store';
import type { FundClass } from './types';

export interface CreditMovement {
  orgId: string;
  fund: FundClass;
  /** More than zero, nano-USD. */
  amount: Money;
  /** `grant`, `topup`, `adjustment` … shown in the organization's ledger. */
  kind: string;
  /** What was paid or promised, such as ('stripe_payment', 'pi_…'). The same source books once. */
  sourceType: string;
  sourceId: string;
  memo?: string;
}

/** Adds credit to a fund, exactly once per source. `granted: false` means the source was booked before. */
export async function grantCredit(tx: Tx, movement: CreditMovement): Promise<{ granted: boolean }> {
  const [row] = await tx.$queryRaw<{ granted: boolean }[]>`
    SELECT ledger.grant_credit(${newId('ent')}, ${movement.orgId}, ${movement.fund}, ${movement.amount}::bigint, ${movement.kind},
      ${movement.sourceType}, ${movement.sourceId}, ${movement.memo ?? null}) AS granted`;
  return { granted: row?.granted ?? false };
}

/** Takes credit back after a refund or a dispute, exactly once per source. The balance may become negative; calls then stop. */
export async function clawBackCredit(tx: Tx, movement: CreditMovement): Promise<{ taken: boolean }> {
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
    SELECT ledger.claw_back(${newId('ent')}, ${movement.orgId}, ${movement.fund}, ${movement.amount}::bigint, ${movement.kind},
      ${movement.sourceType}, ${movement.sourceId}, ${movement.memo ?? null}) AS taken`;
  return { taken: row?.taken ?? false };
}

