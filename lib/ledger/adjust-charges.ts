import { newId } from '@/lib/kernel/ids';
import { type Money, nano } from '@/lib/kernel/money';
import type { Tx } from '@/lib/store';

/** What one leg of a charge was too much (negative) or too little (positive), in nano-USD. */
export interface ChargeCorrection {
  org: string;
  fund: string;
  /** The account the charge was taken from. */
  account: string;
  /** Names the correction; the same one is booked once. */
  source: string;
  leg: number;
  amount: bigint;
  memo: string;
}

export interface Adjusted {
  entries: number;
  refunded: Money;
  charged: Money;
  /** What no account had room for: the operator's cost. */
  forgone: Money;
}

/** Books corrections of charges as entries of their own; nothing that was booked changes. */
export async function adjustCharges(tx: Tx, corrections: readonly ChargeCorrection[]): Promise<Adjusted> {
  const rows = corrections.map(({ amount, ...rest }) => ({ id: newId('ent'), ...rest, amount: amount.toString() }));
  const [row] = await tx.$queryRaw<{ adjusted: { entries: number; refunded: string; charged: string; forgone: string } }[]>`SELECT ledger.adjust_charges(${JSON.stringify(rows)}::jsonb) AS adjusted`;
  const { entries = 0, refunded = '0', charged = '0', forgone = '0' } = row?.adjusted ?? {};
  return { entries, refunded: nano(BigInt(refunded)), charged: nano(BigInt(charged)), forgone: nano(BigInt(forgone)) };
}
