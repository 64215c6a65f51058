import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Money, parseUsd } from '@/lib/kernel/money';
import type { Tx } from '@/lib/store';

export const BUDGET_SCOPES = ['organization', 'key', 'member', 'end_user', 'tag', 'model'] as const;
export const BUDGET_PERIODS = ['day', 'week', 'month', 'total'] as const;
export const BUDGET_ACTIONS = ['block', 'warn', 'switch'] as const;

/** Decimal dollars, as JSON carries them. */
const dollars = z
  .string()
  .trim()
  .refine((text) => isAmount(text), 'must be a dollar amount such as 5.00');

/** What can be changed about a budget later. */
export const BudgetTerms = z.object({
  limitUsd: dollars,
  action: z.enum(BUDGET_ACTIONS),
  /** The alias that answers beyond the limit, for `switch`. */
  switchTo: z.string().trim().max(200).nullish(),
  /** Shares of the limit that are told to owners and admins, in percent. */
  warnPercents: z.array(z.number().int().min(1).max(1_000)).max(10),
});

export const BudgetPlace = z.object({
  scopeType: z.enum(BUDGET_SCOPES),
  /** Empty for the organization; `*` gives each one of the scope this budget to itself. */
  scopeId: z.string().trim().max(200).default(''),
  period: z.enum(BUDGET_PERIODS),
  /** Weekday 1 (Monday) to 7 for a week, day 1 to 31 for a month. */
  resetDay: z.number().int().min(1).max(31).nullish(),
});

export function limitOf(limitUsd: string): Money {
  return parseUsd(limitUsd);
}

/** Refuses a budget that could never apply: a scope that is not there, a switch to nowhere. */
export async function checkPlace(tx: Tx, orgId: string, place: z.output<typeof BudgetPlace>): Promise<void> {
  const { scopeType, scopeId, period, resetDay } = place;
  if (resetDay != null && (period === 'day' || period === 'total' || (period === 'week' && resetDay > 7))) {
    throw new FairleadError('invalid_request', 'A reset day is a weekday 1 to 7 of a week or a day 1 to 31 of a month.', { param: 'resetDay' });
  }
  const wrong = (message: string) => new FairleadError('invalid_request', message, { param: 'scopeId' });
  if (scopeType === 'organization') {
    if (scopeId !== '') throw wrong('A budget of the organization names nothing else.');
    return;
  }
  if (scopeId === '') throw wrong('Name what the budget is for, or * for each.');
  if (scopeId === '*') return;
  if (scopeType === 'key' && !(await tx.apiKey.findFirst({ where: { id: scopeId, orgId }, select: { id: true } }))) throw wrong('There is no such key.');
  if (scopeType === 'member' && !(await tx.membership.findFirst({ where: { userId: scopeId, orgId }, select: { userId: true } })))
    throw wrong('There is no such member.');
  if (scopeType === 'tag' && !/^[^=,]+(=[^,]+)?$/.test(scopeId)) throw wrong('A tag is written name or name=value.');
  if (scopeType === 'model') {
    const alias = await tx.alias.findUnique({ where: { name: scopeId }, select: { id: true } });
    if (!alias && !(await tx.model.findUnique({ where: { id: scopeId }, select: { id: true } }))) throw wrong(`There is no model or alias ${JSON.stringify(scopeId)}.`);
  }
}

/** The alias a budget switches to, or null for one that does not. */
export async function checkSwitch(tx: Tx, { action, switchTo }: { action: string; switchTo?: string | null }): Promise<string | null> {
  if (action !== 'switch') return null;
  if (!switchTo || !(await tx.alias.findUnique({ where: { name: switchTo }, select: { id: true } }))) {
    throw new FairleadError('invalid_request', 'Name the alias that answers beyond the limit.', { param: 'switchTo' });
  }
  return switchTo;
}

function isAmount(text: string): boolean {
  try {
    return parseUsd(text) >= 0n;
  } catch {
    return false;
  }
}
