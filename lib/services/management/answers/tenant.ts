import { z } from 'zod';
import { asChoices, ORG_KEY_SCOPES } from '../scopes';
import { Limit, Time, Usd } from './common';

const PERIODS = ['day', 'week', 'month', 'total'] as const;

export const KeyAnswer = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['inference', 'management']),
    prefix: z.string(),
    last4: z.string(),
    status: z.enum(['active', 'retiring', 'expired', 'revoked', 'blocked']),
    models: z.array(z.string()).nullable().meta({ description: 'Null: all that the plan allows.' }),
    scopes: z
      .array(z.enum(asChoices(ORG_KEY_SCOPES)))
      .nullable()
      .meta({ description: 'What a management key may do; null: everything on its side.' }),
    budget: z.strictObject({ limit_usd: Usd, period: z.enum(PERIODS), spent_usd: Usd, resets_at: Time.nullable() }).nullable(),
    rpm: Limit,
    tpm: Limit,
    concurrency: Limit,
    expires_at: Time.nullable(),
    allowed_ips: z.array(z.string()).nullable().meta({ description: 'IP addresses and ranges it may be used from; null: from anywhere.' }),
    tags: z.record(z.string(), z.string()).meta({ description: 'Tags that every call of the key carries.' }),
    revoked_at: Time.nullable(),
    last_used_at: Time.nullable(),
    last_used_client: z.string().nullable(),
    created_at: Time,
    created_by: z.strictObject({ id: z.string(), email: z.string() }).nullable(),
    replaces_id: z.string().nullable().meta({ description: 'The key this one replaced when it was rotated.' }),
    replaced_by_id: z.string().nullable(),
  })
  .meta({ id: 'Key' });

export const CreatedKeyAnswer = KeyAnswer.extend({ key: z.string().meta({ description: 'The key in clear; it is not shown again.' }) }).meta({
  id: 'CreatedKey',
});

export const BalanceAnswer = z
  .strictObject({
    available_usd: Usd.meta({ description: 'Over paid, included and promotional funds, without what running calls hold.' }),
    held_usd: Usd,
    spent_usd: Usd,
    currency: z.literal('USD'),
    funds: z.array(z.strictObject({ fund: z.string(), credited_usd: Usd, spent_usd: Usd, held_usd: Usd, available_usd: Usd })),
  })
  .meta({ id: 'Balance' });

export const LedgerEntryAnswer = z
  .strictObject({
    id: z.string(),
    created_at: Time,
    kind: z.string(),
    fund: z.string(),
    amount_usd: Usd.meta({ description: 'Credit is positive, a charge negative.' }),
    balance_usd: Usd,
    source: z.strictObject({ type: z.string(), id: z.string() }),
    memo: z.string().nullable(),
  })
  .meta({ id: 'LedgerEntry' });

export const InstallationLedgerEntryAnswer = LedgerEntryAnswer.extend({ organization_id: z.string() }).meta({ id: 'InstallationLedgerEntry' });

export const AuditEntryAnswer = z
  .strictObject({
    id: z.string(),
    created_at: Time,
    organization_id: z.string().nullable(),
    actor: z.strictObject({ type: z.string(), id: z.string().nullable(), label: z.string().nullable() }),
    action: z.string(),
    target: z.strictObject({ type: z.string(), id: z.string().nullable() }),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'AuditEntry' });

const Availability = z.strictObject({ allowed: z.boolean(), reason: z.string().optional().meta({ description: 'Why not.' }) });

export const ModelAnswer = z
  .looseObject({
    id: z.string(),
    kind: z.string(),
    display_name: z.string().nullable(),
    provider: z.string(),
    provider_label: z.string(),
    adapter: z.string(),
    demo: z.boolean(),
    context_window: z.int().nullable(),
    max_output_tokens: z.int().nullable(),
    capabilities: z.array(z.string()),
    price: z
      .strictObject({ card_id: z.string(), input_usd: Usd, cached_input_usd: Usd.nullable(), output_usd: Usd, currency: z.string(), tiered: z.boolean() })
      .nullable()
      .meta({ description: 'Per million tokens, with this organization’s markup; null: unpriced.' }),
    availability: Availability,
  })
  .meta({ id: 'Model' });

export const AliasAnswer = z
  .looseObject({ id: z.string(), description: z.string().nullable(), strategy: z.string(), targets: z.array(z.string()), availability: Availability })
  .meta({ id: 'Alias' });
