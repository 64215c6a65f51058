import { formatUsd } from '@/lib/kernel/money';
import { type Balance, readBalance } from '@/lib/ledger';
import { type Ctx, type OperatorCtx, requireRight } from '@/lib/services/context';
import { asSystem, withOrg } from '@/lib/store';
import { narrowedTo } from './installation/of-organization';

export interface BalanceJson {
  available_usd: string;
  held_usd: string;
  spent_usd: string;
  currency: 'USD';
  funds: { fund: string; credited_usd: string; spent_usd: string; held_usd: string; available_usd: string }[];
}

/** What an organization has left, what running calls hold, what it spent, and each fund apart. */
export async function getBalance({ ctx }: { ctx: Ctx }): Promise<BalanceJson> {
  requireRight(ctx, 'billing:read');
  return toBalanceJson(await withOrg(ctx.orgId, (tx) => readBalance(tx, ctx.orgId)));
}

/** The same over every organization together, or of one. */
export async function getInstallationBalance({ input }: { ctx: OperatorCtx; input: { org?: string } }): Promise<BalanceJson> {
  const orgId = await narrowedTo(input);
  return toBalanceJson(await asSystem((tx) => readBalance(tx, orgId)));
}

function toBalanceJson(balance: Balance): BalanceJson {
  return {
    available_usd: formatUsd(balance.available),
    held_usd: formatUsd(balance.held),
    spent_usd: formatUsd(balance.spent),
    currency: 'USD',
    funds: balance.funds.map(({ fund, credited, spent, held, available }) => ({
      fund,
      credited_usd: formatUsd(credited),
      spent_usd: formatUsd(spent),
      held_usd: formatUsd(held),
      available_usd: formatUsd(available),
    })),
  };
}
