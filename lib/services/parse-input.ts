import type { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';

/** A verb's input, parsed. What does not fit is the caller's mistake, wherever the verb is called from: `invalid_request` with the field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const param = issue?.path.join('.') || null;
  throw new FairleadError('invalid_request', param ? `${param}: ${issue?.message}` : issue?.message, { param });
}
