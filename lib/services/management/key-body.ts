import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import type { CreateOperatorKeySchema } from '@/lib/services/operator/create-operator-key';
import { asChoices, OPERATOR_KEY_SCOPES, ORG_KEY_SCOPES } from './scopes';
import { BUDGET_PERIODS } from '@/lib/services/keys/key-input';

const limit = z.number().int().positive().nullable().optional();

const limits = {
  models: z.array(z.string()).nullable().optional(),
  budget: z
    .strictObject({ limit_usd: z.string(), period: z.enum(BUDGET_PERIODS).default('total') })
    .nullable()
    .optional(),
  rpm: limit,
  tpm: limit,
  concurrency: limit,
  expires_at: z.string().nullable().optional(),
  /** IP addresses and ranges; null: from anywhere. */
  allowed_ips: z.array(z.string()).nullable().optional(),
  tags: z.record(z.string(), z.string()).nullable().optional(),
};

/** `POST /api/v1/keys`, in the words of the answer. */
export const CreateKeyBody = z.strictObject({
  name: z.string(),
  kind: z.enum(['inference', 'management']).default('inference'),
  scopes: z
    .array(z.enum(asChoices([...new Set([...ORG_KEY_SCOPES, ...OPERATOR_KEY_SCOPES])])))
    .nullable()
    .optional()
    .meta({ description: 'What a management key may do; absent: everything on its side.' }),
  ...limits,
});

/** `PATCH /api/v1/keys/{id}`: what is not given stays, null takes a limit away. */
export const UpdateKeyBody = z.strictObject({ name: z.string().optional(), ...limits });

export const RotateKeyBody = z.strictObject({ grace_seconds: z.number().int().min(0).default(0) });

/** The body in the words of the key verbs. */
export function toKeyInput<B extends z.output<typeof UpdateKeyBody>>({ budget, expires_at: expiresAt, allowed_ips: allowedIps, ...rest }: B) {
  return {
    ...rest,
    expiresAt,
    allowedIps,
    ...(budget === undefined ? {} : { budgetUsd: budget?.limit_usd ?? null, budgetPeriod: budget?.period ?? null }),
  };
}

/** What of the body an operator's key has. Throws `invalid_request` for what belongs to an organization's. */
export function toOperatorKeyInput({
  name,
  kind: _kind,
  scopes,
  expires_at: expiresAt,
  ...limits
}: z.output<typeof CreateKeyBody>): z.input<typeof CreateOperatorKeySchema> {
  const [named] = Object.entries(limits).filter(([, value]) => value !== undefined && value !== null);
  if (named) throw new FairleadError('invalid_request', 'An operator’s key is a management key: it calls no models and has no limits.', { param: named[0] });
  return { name, scopes: scopes as OperatorScopes, expiresAt };
}

type OperatorScopes = z.input<typeof CreateOperatorKeySchema>['scopes'];
