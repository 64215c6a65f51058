import { z } from 'zod';
import { CHANNEL_KINDS } from '@/lib/services/alerts/channel-input';
import { RULE_KINDS } from '@/lib/services/alerts/rules';
import { BUDGET_ACTIONS, BUDGET_PERIODS, BUDGET_SCOPES } from '@/lib/services/budgets/budget-input';
import { ROLES } from '@/lib/services/members/member-roles';
import { Time, Usd } from './common';

const Role = z.enum(ROLES);

export const MemberAnswer = z
  .looseObject({ id: z.string(), email: z.string(), name: z.string().nullable(), role: Role, joined_at: Time })
  .meta({ id: 'Member' });

export const ChangedRoleAnswer = z.strictObject({ id: z.string(), role: Role }).meta({ id: 'ChangedRole' });

export const RemovedMemberAnswer = z.strictObject({ id: z.string(), deleted: z.literal(true), keys_revoked: z.int() }).meta({ id: 'RemovedMember' });

export const InviteAnswer = z
  .looseObject({ id: z.string(), email: z.string(), role: Role, status: z.enum(['open', 'expired']), sent_at: Time, expires_at: Time })
  .meta({ id: 'Invite' });

export const SentInviteAnswer = InviteAnswer.extend({
  url: z.string().nullable().meta({ description: 'The link to pass on, where the installation sends no mail.' }),
}).meta({ id: 'SentInvite' });

export const BudgetAnswer = z
  .looseObject({
    id: z.string(),
    scope: z
      .looseObject({ type: z.enum(BUDGET_SCOPES), id: z.string().optional(), label: z.string().optional() })
      .meta({ description: 'Without an id: of the organization.' }),
    limit_usd: Usd,
    period: z.enum(BUDGET_PERIODS),
    reset_day: z.int().nullable(),
    action: z.enum(BUDGET_ACTIONS),
    switch_to: z.string().nullable(),
    warn_percents: z.array(z.int()),
    spent_usd: Usd.meta({ description: 'In the open window.' }),
    held_usd: Usd,
    top: z.string().nullable(),
    window_start: Time,
    resets_at: Time.nullable(),
    state: z.enum(['ok', 'warning', 'reached', 'blocked']),
    forecast: z.looseObject({ end_usd: Usd.nullable(), runs_out_at: Time.nullable() }),
    created_at: Time,
  })
  .meta({ id: 'Budget' });

export const AlertAnswer = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    kind: z.enum(RULE_KINDS),
    threshold: z.string().meta({ description: 'Dollars for spend, percent, milliseconds, or days.' }),
    window_minutes: z.int(),
    channel_ids: z.array(z.string()),
    enabled: z.boolean(),
    firing_since: Time.nullable(),
    last_value: z.string().nullable(),
    evaluated_at: Time.nullable(),
  })
  .meta({ id: 'Alert' });

export const AlertChannelAnswer = z
  .strictObject({
    id: z.string(),
    kind: z.enum(CHANNEL_KINDS),
    name: z.string(),
    hint: z.string().meta({ description: 'The address, or the host of the URL and its end: a robot’s URL is its password.' }),
    enabled: z.boolean(),
    created_at: Time,
  })
  .meta({ id: 'AlertChannel' });

export const CreatedAlertChannelAnswer = AlertChannelAnswer.extend({
  secret: z.string().nullable().meta({ description: 'What a webhook’s messages are signed with (Standard Webhooks).' }),
}).meta({ id: 'CreatedAlertChannel' });

export const ChannelTestAnswer = z.strictObject({ ok: z.boolean(), error: z.string().nullable() }).meta({ id: 'ChannelTest' });

export const WebhookSecretAnswer = z.strictObject({ secret: z.string() }).meta({ id: 'WebhookSecret' });

export const DeliveryAnswer = z
  .strictObject({
    id: z.string(),
    channel_id: z.string(),
    channel: z.string().nullable().meta({ description: 'Null when the channel is gone.' }),
    facts: z.looseObject({ kind: z.string() }),
    status: z.enum(['waiting', 'sent', 'failed']),
    attempts: z.int(),
    http_status: z.int().nullable(),
    error: z.string().nullable(),
    next_at: Time.nullable(),
    created_at: Time,
  })
  .meta({ id: 'Delivery' });

export const RetriedDeliveryAnswer = z.strictObject({ id: z.string(), status: z.string() }).meta({ id: 'RetriedDelivery' });
