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

/** An organization's balance; null: of all organizations together. */
export async function readBalance(tx: Tx, orgId: string | null): Promise<Balance> {
  const sums = await tx.account.groupBy({
    by: ['scopeId'],
    where: { scopeType: 'fund', ...(orgId === null ? {} : { orgId }) },
    _sum: { limitNano: true, spentNano: true, heldNano: true },
    orderBy: { scopeId: 'asc' },
  });
  const funds = sums.map(({ scopeId, _sum }) => {
    const [credited, spent, held] = [_sum.limitNano ?? 0n, _sum.spentNano ?? 0n, _sum.heldNano ?? 0n];
    return { fund: scopeId as FundClass, credited: nano(credited), spent: nano(spent), held: nano(held), available: nano(credited - spent - held) };
  });
  const real = funds.filter(({ fund }) => REAL.has(fund));
  return {
    available: addMoney(...real.map((fund) => fund.available)),
    held: addMoney(...real.map((fund) => fund.held)),
    spent: addMoney(...real.map((fund) => fund.spent)),
    funds,
  };
}
