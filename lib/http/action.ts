import type { z } from 'zod';
import { authorizeOperator, authorizeOrg, type OperatorSession, type OrgCtx } from '@/lib/auth/require';
import { asFairleadError, ERRORS, type ErrorCode, FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import { parseInput } from '@/lib/services/parse-input';

/** What a server action answers: data, or an error the form can show. Never throws across the wire. */
export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ActionError };

export interface ActionError {
  code: ErrorCode;
  /** In English, for people; the console prefers its own words for the code. */
  message: string;
  /** The input field at fault. */
  param: string | null;
  requestId: string;
}

/**
 * A write of the console: session, then the organization, then the input, then the verb. Use it in an `actions.ts`
 * file: `export const createKeyAction = action(CreateKeyInput, createKey)`, called with the organization's slug first.
 */
export function action<Schema extends z.ZodType, Result>(schema: Schema, verb: (call: { ctx: OrgCtx; input: z.output<Schema> }) => Promise<Result>) {
  return async (org: string, input: z.input<Schema>): Promise<ActionResult<Result>> =>
    runAction(async () => verb({ ctx: await authorizeWrite(org), input: parseInput(schema, input) }));
}

/** Whoever only looks in changes nothing, whatever a verb would let a viewer do. */
async function authorizeWrite(org: string): Promise<OrgCtx> {
  const ctx = await authorizeOrg(org);
  if (ctx.viewing) throw new FairleadError('forbidden', 'You look in as an operator: read only.');
  return ctx;
}

/** A write of the operator's pages, with the same answers; whoever is no operator gets `not_found`. */
export function operatorAction<Schema extends z.ZodType, Result>(schema: Schema, verb: (call: { ctx: OperatorSession; input: z.output<Schema> }) => Promise<Result>) {
  return async (input: z.input<Schema>): Promise<ActionResult<Result>> =>
    runAction(async () => verb({ ctx: await authorizeOperator(), input: parseInput(schema, input) }));
}

/** Runs the body of an action that belongs to no organization, with the same answers. */
export async function runAction<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, data: await work() };
  } catch (error) {
    const requestId = newId('req');
    const { code, message, extras } = asFairleadError(error);
    if (ERRORS[code].level === 'error') log.error({ requestId, code, error: extras.internal ?? error }, 'console action failed');
    return { ok: false, error: { code, message, param: extras.param ?? null, requestId } };
  }
}
