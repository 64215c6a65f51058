import type { OperatorScope } from '@/lib/ledger';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export interface BudgetPlace {
  type: OperatorScope;
  id: string;
  label: string;
}

/** Everything an operator's budget can be set on; the demo provider costs nothing and is left out. */
export async function listBudgetPlaces(_call: { ctx: OperatorCtx }): Promise<BudgetPlace[]> {
  return asSystem(async (tx) => {
    const providers = await tx.provider.findMany({ where: { adapter: { not: 'demo' } }, include: { credentials: { orderBy: { name: 'asc' } } }, orderBy: { id: 'asc' } });
    const plans = await tx.plan.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' } });
    return [
      { type: 'platform', id: '', label: '' },
      ...providers.map(({ id, label }) => ({ type: 'provider' as const, id, label: label ?? id })),
      ...providers.flatMap(({ id: provider, credentials }) => credentials.map(({ id, name }) => ({ type: 'credential' as const, id, label: `${provider} / ${name}` }))),
      ...plans.map(({ id, name }) => ({ type: 'plan' as const, id, label: name })),
    ];
  });
}
