import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { nano } from '@/lib/kernel/money';
import { BUDGET_PERIODS, BudgetTerms, limitOf } from '@/lib/services/budgets/budget-input';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, bumpVersion, type Tx } from '@/lib/store';
import { accountsOf, OPERATOR_SCOPES, type OperatorBudgetView, viewOperatorBudgets } from './operator-budget-view';

export const SaveOperatorBudgetInput = z.object({
  /** Of the budget to change; a new one is made without it. Scope and period of a budget stay. */
  id: z.string().optional(),
  scopeType: z.enum(OPERATOR_SCOPES),
  /** A provider, credential or plan by id; empty for the platform. A credential may be written `provider/name`. */
  scopeId: z.string().trim().max(200).default(''),
  limitUsd: BudgetTerms.shape.limitUsd,
  period: z.enum(BUDGET_PERIODS),
  /** Weekday 1 (Monday) to 7 for a week, day 1 to 31 for a month. */
  resetDay: z.number().int().min(1).max(31).nullish(),
  action: z.enum(['block', 'warn']).default('block'),
  warnPercents: BudgetTerms.shape.warnPercents.default([50, 80, 100]),
});

/** Sets or changes a budget of the operator's own; in force within a second. Throws `invalid_request`, `not_found`. */
export async function saveOperatorBudget({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof SaveOperatorBudgetInput> }): Promise<OperatorBudgetView> {
  const { id, limitUsd, ...given } = parseInput(SaveOperatorBudgetInput, input);
  const limitNano = limitOf(limitUsd);
  return asSystem(async (tx) => {
    const before = id === undefined ? null : await tx.operatorBudget.findUnique({ where: { id } });
    if (id !== undefined && !before) throw new FairleadError('not_found');
    const { action, warnPercents } = given;
    const terms = { limitNano, action, warnPercents: [...new Set(warnPercents)].sort((a, b) => a - b), updatedAt: new Date() };
    const row = before
      ? await tx.operatorBudget.update({ where: { id: before.id }, data: terms })
      : await tx.operatorBudget.create({ data: { id: newId('bud'), ...terms, ...(await placeOf(tx, given)) } });
    if (before && before.limitNano !== limitNano) await moveBudgetLimit(tx, row, limitNano);
    const seen = ({ limitNano: limit, ...rest }: typeof row) => ({ ...rest, limitNano: limit.toString() });
    await recordAudit(tx, ctx, { action: before ? 'operator_budget.update' : 'operator_budget.create', targetType: 'operator_budget', targetId: row.id, before: before && seen(before), after: seen(row) });
    await bumpVersion(tx, 'policy');
    return (await viewOperatorBudgets(tx, [row]))[0] as OperatorBudgetView;
  });
}

/** Open windows get the new limit at once, and what was leased under the old one is called back. */
export async function moveBudgetLimit(tx: Tx, row: Parameters<typeof accountsOf>[0], limitNano: bigint): Promise<void> {
  const changed = await tx.account.updateManyAndReturn({ where: { id: accountsOf(row) }, data: { limitNano: nano(limitNano), updatedAt: new Date() }, select: { id: true } });
  await tx.$executeRaw`SELECT ledger.recall(${changed.map((account) => account.id)}::text[])`;
}

/** Refuses a place that is not there. */
async function placeOf(tx: Tx, { scopeType, scopeId, period, resetDay }: Pick<z.output<typeof SaveOperatorBudgetInput>, 'scopeType' | 'scopeId' | 'period' | 'resetDay'>) {
  if (resetDay != null && (period === 'day' || period === 'total' || (period === 'week' && resetDay > 7))) {
    throw new FairleadError('invalid_request', 'A reset day is a weekday 1 to 7 of a week or a day 1 to 31 of a month.', { param: 'resetDay' });
  }
  return { scopeType, scopeId: await findScope(tx, scopeType, scopeId), period, resetDay: resetDay ?? null };
}

async function findScope(tx: Tx, scopeType: (typeof OPERATOR_SCOPES)[number], scopeId: string): Promise<string> {
  const found = async (): Promise<string | undefined> => {
    switch (scopeType) {
      case 'platform':
        return scopeId === '' ? '' : undefined;
      case 'provider':
        return (await tx.provider.findUnique({ where: { id: scopeId }, select: { id: true } }))?.id;
      case 'plan':
        return (await tx.plan.findUnique({ where: { id: scopeId }, select: { id: true } }))?.id;
      case 'credential': {
        const [providerId = '', name = ''] = scopeId.split('/');
        return (await tx.credential.findFirst({ where: { OR: [{ id: scopeId }, { providerId, name }] }, select: { id: true } }))?.id;
      }
    }
  };
  const id = await found();
  if (id !== undefined) return id;
  const message = scopeType === 'platform' ? 'A budget of the platform names nothing else.' : `There is no ${scopeType} ${JSON.stringify(scopeId)}.`;
  throw new FairleadError('invalid_request', message, { param: 'scopeId' });
}
