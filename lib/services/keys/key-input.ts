import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { isAddressEntry } from '@/lib/kernel/address-list';
import { type Money, parseUsd } from '@/lib/kernel/money';
import { matchesPattern } from '@/lib/policy/allow';
import type { Tx } from '@/lib/store';

export const BUDGET_PERIODS = ['day', 'week', 'month', 'total'] as const;

const limit = z.coerce.number().int().positive().max(2_000_000_000).nullish();

/** Decimal dollars, as JSON carries them. */
const dollars = z
  .string()
  .trim()
  .refine((text) => parsed(text) !== null, 'must be a dollar amount such as 5.00');

/** What can be set on a key, when it is made and later. `null` takes a limit away. */
export const KeyLimits = z.object({
  /** Null: all that the plan allows. */
  models: z.array(z.string().trim().min(1).max(200)).max(200).nullish(),
  budgetUsd: dollars.nullish(),
  budgetPeriod: z.enum(BUDGET_PERIODS).nullish(),
  rpm: limit,
  tpm: limit,
  concurrency: limit,
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
  /** Addresses and ranges it may be used from. Null or empty: from anywhere. */
  allowedIps: z.array(z.string().trim().refine(isAddressEntry, 'must be an IP address or a range such as 10.0.0.0/8')).max(50).nullish(),
  /** Tags that every call of the key carries; a call's own tags win. */
  tags: z.record(z.string().trim().min(1).max(200), z.string().trim().max(200)).nullish(),
});

export const KeyName = z.string().trim().min(1).max(80);

/** The amount of a parsed `budgetUsd`. */
export function budgetNano(budgetUsd: string | null | undefined): Money | null {
  return budgetUsd == null ? null : parseUsd(budgetUsd);
}

/** An expiry that has passed is a mistake in the form, not a key that is born dead. */
export function futureDate(iso: string | null | undefined): Date | null {
  if (iso == null) return null;
  const date = new Date(iso);
  if (date.getTime() <= Date.now()) throw new FairleadError('invalid_request', 'The expiry must be in the future.', { param: 'expiresAt' });
  return date;
}

/** Refuses names that are neither an alias nor a model here: a mistyped one would make a key that can call nothing. */
export async function checkModels(tx: Tx, models: readonly string[] | null | undefined): Promise<void> {
  if (models == null) return;
  if (models.length === 0) throw new FairleadError('invalid_request', 'Pick at least one model.', { param: 'models' });
  const aliases = await tx.alias.findMany({ select: { name: true } });
  const all = await tx.model.findMany({ select: { id: true } });
  const names = [...aliases.map(({ name }) => name), ...all.map(({ id }) => id)];
  const unknown = models.filter((pattern) => !names.some((name) => matchesPattern(name, pattern)));
  if (unknown.length > 0)
    throw new FairleadError('invalid_request', `There is no model or alias ${unknown.map((name) => JSON.stringify(name)).join(', ')}.`, { param: 'models' });
}

function parsed(text: string): Money | null {
  try {
    const amount = parseUsd(text);
    return amount < 0n ? null : amount;
  } catch {
    return null;
  }
}
