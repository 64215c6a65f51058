import { z } from 'zod';
import { RULE_KINDS } from '@/lib/services/alerts/rules';
import { BUDGET_ACTIONS, BUDGET_PERIODS, BUDGET_SCOPES } from '@/lib/services/budgets/budget-input';
import { ROLES } from '@/lib/services/members/member-roles';
import { Time, Usd } from './common';

const Role = z.enum(ROLES);

export const MemberAnswer = z.looseObject({ id: z.string(), email: z.string(), name: z.string().nullable(), role: Role, joined_at: Time }).meta({ id: 'Member' });

export const ChangedRoleAnswer = z.strictObject({ id: z.string(), role: Role }).meta({ id: 'ChangedRole' });

export const RemovedMemberAnswer = z.strictObject({ id: z.string(), deleted: z.literal(true), keys_revoked: z.int() }).meta({ id: 'RemovedMember' });

export const InviteAnswer = z.looseObject({ id: z.string(), email: z.string(), role: Role, status: z.enum(['open', 'expired']), sent_at: Time, expires_at: Time }).meta({ id: 'Invite' });

export const SentInviteAnswer = InviteAnswer.extend({ url: z.string().nullable().meta({ description: 'The link to pass on, where the installation sends no mail.' }) }).meta({ id: 'SentInvite' });

export const BudgetAnswer = z
  .looseObject({
    id: z.string(),
    scope: z.looseObject({ type: z.enum(BUDGET_SCOPES), id: z.string(), label: z.string() }),
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
