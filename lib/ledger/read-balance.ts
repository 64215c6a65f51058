import { addMoney, type Money, nano } from '@/lib/kernel/money';
import type { Tx } from '@/lib/store';
import type { FundClass } from './types';

export interface FundBalance {
  fund: FundClass;
  /** All credit ever given, less what was taken back. */
  credited: Money;
  spent: Money;
  held: Money;
  available: Money;
}

/** available + held + spent = all credit, over paid, included and promotional funds. Demo and simulated money stays in `funds` only. */
export interface Balance {
  available: Money;
  held: Money;
  spent: Money;
  funds: FundBalance[];
}

const REAL: ReadonlySet<string> = new Set(['paid', 'included', 'promotional']);

export async function readBalance(tx: Tx, orgId: string): Promise<Balance> {
  const accounts = await tx.account.findMany({ where: { orgId, scopeType: 'fund' }, orderBy: { scopeId: 'asc' } });
  const funds = accounts.map((account) => ({
    fund: account.scopeId as FundClass,
    credited: nano(account.limitNano),
    spent: nano(account.spentNano),
    held: nano(account.heldNano),
    available: nano(account.limitNano - account.spentNano - account.heldNano),
  }));
  const real = funds.filter(({ fund }) => REAL.has(fund));
  return {
    available: addMoney(...real.map((fund) => fund.available)),
    held: addMoney(...real.map((fund) => fund.held)),
    spent: addMoney(...real.map((fund) => fund.spent)),
    funds,
  };
}
