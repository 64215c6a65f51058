import { z } from 'zod';
import type { BudgetView } from '@/lib/services/budgets/budget-view';
import { FairleadError, isFairleadError } from '@/lib/kernel/errors';
import { BUDGET_ACTIONS, BUDGET_PERIODS, BUDGET_SCOPES } from '@/lib/services/budgets/budget-input';
import type { CreateBudgetInput } from '@/lib/services/budgets/create-budget';
import { OPERATOR_SCOPES, type OperatorBudgetView } from '@/lib/services/operator/budgets/operator-budget-view';
import type { SaveOperatorBudgetInput } from '@/lib/services/operator/budgets/save-operator-budget';
import { toSnakeCase } from './snake-case';

const terms = {
  limit_usd: z.string(),
  action: z.enum(BUDGET_ACTIONS).optional(),
  switch_to: z.string().nullable().optional(),
  warn_percents: z.array(z.int()).optional(),
};

/** `POST /api/v1/budgets`, in the words of the contract. */
export const CreateBudgetBody = z.strictObject({
  scope: z.strictObject({
    type: z
      .enum([...BUDGET_SCOPES, ...OPERATOR_SCOPES])
      .meta({ description: 'platform, provider, credential and plan are for an operator’s key, the others for an organization’s.' }),
    id: z.string().optional().meta({
      description: 'Left out for the organization and the platform; `provider/name` for a credential; `*` gives each one of the scope this budget to itself.',
    }),
  }),
  period: z.enum(BUDGET_PERIODS),
  reset_day: z.int().nullable().optional(),
  ...terms,
});

export const UpdateBudgetBody = z.strictObject({ ...terms, limit_usd: z.string().optional() });

/** The terms in the words of the budget verbs; what is not given stays out. */
export function toBudgetTerms({
  action,
  switch_to: switchTo,
  warn_percents: warnPercents,
}: Pick<z.output<typeof UpdateBudgetBody>, 'action' | 'switch_to' | 'warn_percents'>) {
  return { ...(action ? { action } : {}), ...(switchTo === undefined ? {} : { switchTo }), ...(warnPercents ? { warnPercents } : {}) };
}

/** What an organization's key may set. Throws `invalid_request` for a scope of the operator's. */
export function toOrgBudget({
  scope: { type, id },
  limit_usd: limitUsd,
  period,
  reset_day: resetDay,
  ...rest
}: z.output<typeof CreateBudgetBody>): CreateBudgetInput {
  const scopeType = BUDGET_SCOPES.find((scope) => scope === type);
  if (!scopeType) throw new FairleadError('invalid_request', `A budget of an organization is on one of ${BUDGET_SCOPES.join(', ')}.`, { param: 'scope.type' });
  return { scopeType, scopeId: id, limitUsd, period, resetDay, ...toBudgetTerms(rest) };
}

/** What an operator's key may set. Throws `invalid_request` for a scope of an organization, and for a switch. */
export function toOperatorBudget({
  scope: { type, id },
  limit_usd: limitUsd,
  period,
  reset_day: resetDay,
  ...rest
}: z.output<typeof CreateBudgetBody>): z.input<typeof SaveOperatorBudgetInput> {
  const scopeType = OPERATOR_SCOPES.find((scope) => scope === type);
  if (!scopeType) throw new FairleadError('invalid_request', `A budget of the operator is on one of ${OPERATOR_SCOPES.join(', ')}.`, { param: 'scope.type' });
  return { scopeType, scopeId: id, limitUsd, period, resetDay, ...toOperatorTerms(rest) };
}

/** Changed terms over what the budget is now. */
export function toChangedOperatorBudget(
  { id, scope, limitUsd, period, resetDay, action, warnPercents }: OperatorBudgetView,
  { limit_usd, ...rest }: z.output<typeof UpdateBudgetBody>,
): z.input<typeof SaveOperatorBudgetInput> {
  return { id, scopeType: scope.type, scopeId: scope.id, period, resetDay, limitUsd: limit_usd ?? limitUsd, action, warnPercents, ...toOperatorTerms(rest) };
}

function toOperatorTerms({ action, warn_percents: warnPercents }: Pick<z.output<typeof UpdateBudgetBody>, 'action' | 'warn_percents'>): {
  action?: 'block' | 'warn';
  warnPercents?: number[];
} {
  if (action === 'switch') throw new FairleadError('invalid_request', 'A budget of the operator blocks or warns.', { param: 'action' });
  return { ...(action ? { action } : {}), ...(warnPercents ? { warnPercents } : {}) };
}

/** A budget as the API answers it. One of the whole organization, or of the platform, has no id in its scope, as in the body that made it. */
export function toBudgetJson<View extends BudgetView | OperatorBudgetView>({ scope: { type, id, label }, ...view }: View): unknown {
  return toSnakeCase({ ...view, scope: id === '' ? { type } : { type, id, label } });
}

/** The verb calls the scope's id `scopeId`; the body has it inside `scope`. */
export async function inScope<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isFairleadError(error) && error.extras.param === 'scopeId') throw new FairleadError(error.code, error.message, { ...error.extras, param: 'scope.id' });
    throw error;
  }
}
