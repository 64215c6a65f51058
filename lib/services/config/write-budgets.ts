import { newId } from '@/lib/kernel/ids';
import { parseUsd } from '@/lib/kernel/money';
import { moveBudgetLimit } from '@/lib/services/operator/budgets/save-operator-budget';
import type { Tx } from '@/lib/store';
import type { BudgetItem, ConfigState } from './items';

/**
 * Makes the operator's budgets what they should be. A row that fits in everything but its limit and thresholds is changed in
 * place, so what its open window spent goes on counting; the rest is made or removed.
 */
export async function writeBudgets(tx: Tx, { budgets }: ConfigState): Promise<void> {
  const credentials = await tx.credential.findMany({ select: { id: true, name: true, providerId: true } });
  const idOf = ({ scope, of }: BudgetItem): string =>
    scope === 'credential' ? (credentials.find(({ providerId, name }) => `${providerId}/${name}` === of)?.id ?? '') : of;
  const rest = await tx.operatorBudget.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  for (const item of budgets.values()) {
    const { scope: scopeType, period, resetDay, action, warnPercents } = item;
    const scopeId = idOf(item);
    const terms = { limitNano: parseUsd(item.limitUsd), warnPercents };
    const at = rest.findIndex(
      (row) => row.scopeType === scopeType && row.scopeId === scopeId && row.period === period && row.resetDay === resetDay && row.action === action,
    );
    const [row] = at === -1 ? [] : rest.splice(at, 1);
    if (!row) await tx.operatorBudget.create({ data: { id: newId('bud'), scopeType, scopeId, period, resetDay, action, ...terms } });
    else {
      await tx.operatorBudget.update({ where: { id: row.id }, data: { ...terms, updatedAt: new Date() } });
      if (row.limitNano !== terms.limitNano) await moveBudgetLimit(tx, row, terms.limitNano);
    }
  }
  await tx.operatorBudget.deleteMany({ where: { id: { in: rest.map(({ id }) => id) } } });
}
