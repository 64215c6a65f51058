import { z } from 'zod';
import { FairleadError, isFairleadError } from '@/lib/kernel/errors';
import { BUDGET_ACTIONS, BUDGET_PERIODS, BUDGET_SCOPES } from '@/lib/services/budgets/budget-input';

const terms = {
  limit_usd: z.string(),
  action: z.enum(BUDGET_ACTIONS).optional(),
  switch_to: z.string().nullable().optional(),
  warn_percents: z.array(z.int()).optional(),
};

/** `POST /api/v1/budgets`, in the words of the contract. */
export const CreateBudgetBody = z.strictObject({
  scope: z.strictObject({
    type: z.enum(BUDGET_SCOPES),
    id: z.string().optional().meta({ description: 'Left out for the organization; `*` gives each one of the scope this budget to itself.' }),
  }),
  period: z.enum(BUDGET_PERIODS),
  reset_day: z.int().nullable().optional(),
  ...terms,
});

export const UpdateBudgetBody = z.strictObject({ ...terms, limit_usd: z.string().optional() });

/** The terms in the words of the budget verbs; what is not given stays out. */
export function toBudgetTerms({ action, switch_to: switchTo, warn_percents: warnPercents }: Pick<z.output<typeof UpdateBudgetBody>, 'action' | 'switch_to' | 'warn_percents'>) {
  return { ...(action ? { action } : {}), ...(switchTo === undefined ? {} : { switchTo }), ...(warnPercents ? { warnPercents } : {}) };
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
