import { FairleadError } from '@/lib/kernel/errors';
import { formatUsd } from '@/lib/kernel/money';
import type { PlanItem } from '@/lib/services/config/items';
import { readState } from '@/lib/services/config/read-state';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem, type Tx } from '@/lib/store';

export interface PlanView extends PlanItem {
  version: number;
  isDefault: boolean;
  organizations: number;
  /** What its organizations pay a month altogether. */
  monthly_usd: string;
}

export interface PlanDetail extends PlanView {
  /** At most fifty, newest first. */
  members: { id: string; slug: string; name: string }[];
  /** Names a list of a plan can hold. */
  names: string[];
}

/** Every plan, in the order people see them. */
export async function listPlans(_args: { ctx: OperatorCtx }): Promise<PlanView[]> {
  return asSystem(readPlans);
}

/** One plan with who is on it. Throws `not_found`. */
export async function getPlan({ input }: { ctx: OperatorCtx; input: { id: string } }): Promise<PlanDetail> {
  return asSystem(async (tx) => {
    const plan = (await readPlans(tx)).find(({ id }) => id === input.id);
    if (!plan) throw new FairleadError('not_found');
    const members = await tx.organization.findMany({ where: { planId: plan.id }, orderBy: { createdAt: 'desc' }, take: 50, select: { id: true, slug: true, name: true } });
    const names = [...(await tx.alias.findMany({ select: { name: true } })).map(({ name }) => name), ...(await tx.model.findMany({ select: { id: true }, orderBy: { id: 'asc' } })).map(({ id }) => id)];
    return { ...plan, members, names };
  });
}

async function readPlans(tx: Tx): Promise<PlanView[]> {
  const { state } = await readState(tx);
  const rows = new Map((await tx.plan.findMany({ select: { id: true, version: true, monthlyNano: true, _count: { select: { organizations: true } } } })).map((row) => [row.id, row]));
  return [...state.plans.values()]
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .map((plan) => {
      const row = rows.get(plan.id);
      const organizations = row?._count.organizations ?? 0;
      return { ...plan, version: row?.version ?? 1, isDefault: plan.id === state.settings.defaultPlan, organizations, monthly_usd: formatUsd((row?.monthlyNano ?? 0n) * BigInt(organizations)) };
    });
}
