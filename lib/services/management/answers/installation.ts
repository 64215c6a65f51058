import { z } from 'zod';
import { BUDGET_PERIODS } from '@/lib/services/budgets/budget-input';
import { OPERATOR_SCOPES } from '@/lib/services/operator/budgets/operator-budget-view';
import { Amount, Limit, Time, Usd } from './common';

const Timeouts = z.strictObject({
  connect_ms: z.int().optional(),
  first_token_ms: z.int().optional(),
  idle_ms: z.int().optional(),
  total_ms: z.int().optional(),
});

export const ProviderAnswer = z
  .looseObject({
    id: z.string(),
    adapter: z.string(),
    label: z.string().nullable(),
    base_url: z.string().nullable(),
    credentials: z.array(
      z.looseObject({
        name: z.string(),
        secret: z.string().meta({ description: 'A reference, never the secret: ${env:NAME}, ${file:PATH} or ${stored}.' }),
        weight: z.int(),
        enabled: z.literal(false).optional(),
      }),
    ),
    timeouts: Timeouts,
    on_client_disconnect: z.string(),
    data_region: z.string().nullable(),
    enabled: z.boolean(),
  })
  .meta({ id: 'Provider' });

const rates = {
  input: Amount,
  cached_input: Amount.optional(),
  cache_write: Amount.optional(),
  cache_write_1h: Amount.optional(),
  output: Amount.optional(),
  reasoning: Amount.optional(),
  request: Amount.optional(),
};

const PricesAnswer = z.looseObject({
  currency: z.string(),
  fx_rate: Amount.optional(),
  region: z.string().optional(),
  ...rates,
  tiers: z.array(z.looseObject(rates)).optional(),
});

export const InstalledModelAnswer = z
  .looseObject({
    id: z.string(),
    provider: z.string(),
    upstream_model: z.string(),
    kind: z.string(),
    display_name: z.string().nullable(),
    context_window: z.int().nullable(),
    max_output_tokens: z.int().nullable(),
    capabilities: z.array(z.string()),
    prices: PricesAnswer.nullable().meta({ description: 'Per million tokens; null: unpriced.' }),
    scheduled_prices: z.array(PricesAnswer.extend({ from: Time })).meta({ description: 'Prices that take over later.' }),
    retires_on: z.iso.date().nullable(),
    enabled: z.boolean(),
  })
  .meta({ id: 'InstalledModel' });

export const InstalledAliasAnswer = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    strategy: z.string(),
    targets: z.array(z.looseObject({ model: z.string(), retries: z.int().optional(), weight: z.int().optional(), timeouts: Timeouts.optional() })),
    sticky: z.string(),
    on_context_overflow: z.string(),
    stream_recovery: z.string(),
  })
  .meta({ id: 'InstalledAlias' });

export const PlanAnswer = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    price: z.strictObject({ currency: z.string(), monthly: Amount }),
    included_credit: Amount,
    overage_limit: Amount.meta({ description: 'What may be used beyond all credit in one billing period; billed by meter.' }),
    trial_days: z.int(),
    trial_credit: Amount.meta({ description: 'Given when a trial begins, gone when it ends.' }),
    models: z.looseObject({ allow: z.array(z.string()), deny: z.array(z.string()) }),
    limits: z.looseObject({ rpm: Limit, tpm: Limit, concurrency: Limit }),
    log_retention_days: z.int(),
    seats: Limit,
    budget: z.strictObject({ limit: Amount, period: z.string() }).nullable().meta({ description: 'What an organization on it may spend in one period.' }),
    features: z.array(z.string()).meta({ description: 'Parts of the product that it opens.' }),
    prepaid: z.boolean(),
    markup_percent: z.string().nullable(),
    public: z.boolean(),
    position: z.int(),
  })
  .meta({ id: 'Plan' });

export const PriceCardAnswer = z
  .strictObject({
    id: z.string(),
    model: z.string(),
    organization_id: z.string().nullable().meta({ description: 'Null: everybody’s price.' }),
    effective_from: Time,
    currency: z.string(),
    fx_rate: z.string().nullable(),
    region: z.string().nullable(),
    rates: z.record(z.string(), z.string()),
    tiers: z.array(z.looseObject({ rates: z.record(z.string(), z.string()) })),
    source: z.string(),
    created_at: Time,
  })
  .meta({ id: 'PriceCard' });

export const OrgAnswer = z
  .looseObject({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    plan: z.string(),
    owners: z.array(z.string()),
    members: z.int(),
    available_usd: Usd,
    suspended: z.boolean(),
    created_at: Time,
  })
  .meta({ id: 'Organization' });

const Lists = z.strictObject({ allow: z.array(z.string()), deny: z.array(z.string()) });

export const OrgDetailAnswer = OrgAnswer.extend({
  keys: z.int(),
  suspend_reason: z.string().nullable(),
  limits: z.strictObject({ rpm: Limit, tpm: Limit, concurrency: Limit }).meta({ description: 'In the place of the plan’s.' }),
  models: Lists,
  roles: z.record(z.string(), Lists),
  notes: z.string().nullable(),
  last_active_at: Time.nullable(),
}).meta({ id: 'OrganizationDetail' });

export const SettingsAnswer = z
  .looseObject({
    default_plan: z.string(),
    markup_percent: z.string(),
    log_bodies: z.boolean(),
    automatic_tax: z.boolean(),
    sign_up: z.strictObject({ policy: z.string(), domains: z.array(z.string()) }),
    branding: z.looseObject({ name: z.string() }),
    logo: z.string().nullable().meta({ description: 'A picture in base64; null: the product’s own mark.' }),
    abuse: z.looseObject({ captcha: z.string() }),
    deny: z.array(z.strictObject({ rule: z.string(), reason: z.string() })),
  })
  .meta({ id: 'Settings' });

export const OperatorBudgetAnswer = z
  .looseObject({
    id: z.string(),
    scope: z
      .strictObject({ type: z.enum(OPERATOR_SCOPES), id: z.string().optional(), label: z.string().optional() })
      .meta({ description: 'Without an id: of the platform.' }),
    limit_usd: Usd,
    period: z.enum(BUDGET_PERIODS),
    reset_day: z.int().nullable(),
    action: z.enum(['block', 'warn']),
    warn_percents: z.array(z.int()),
    spent_usd: Usd.meta({ description: 'In the open window, in provider cost; for a plan, of the organization that used most.' }),
    held_usd: Usd,
    window_start: Time,
    resets_at: Time.nullable(),
    state: z.enum(['ok', 'warning', 'reached', 'blocked']),
    created_at: Time,
  })
  .meta({ id: 'OperatorBudget' });

export const OperatorKeyAnswer = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    kind: z.literal('management'),
    prefix: z.string(),
    last4: z.string(),
    scopes: z.array(z.string()).nullable().meta({ description: 'Null: everything on the operator’s side.' }),
    expires_at: Time.nullable(),
    revoked_at: Time.nullable(),
    last_used_at: Time.nullable(),
    created_at: Time,
  })
  .meta({ id: 'OperatorKey' });

export const CreatedOperatorKeyAnswer = OperatorKeyAnswer.extend({ key: z.string().meta({ description: 'The key in clear; it is not shown again.' }) }).meta({
  id: 'CreatedOperatorKey',
});

export const CreatedOrgAnswer = z.strictObject({ id: z.string(), slug: z.string(), name: z.string(), plan: z.string() }).meta({ id: 'CreatedOrganization' });

export const GrantedCreditAnswer = z
  .strictObject({ org: z.string(), expires_at: Time.nullable(), granted_usd: Usd, available_usd: Usd })
  .meta({ id: 'GrantedCredit' });

const ChangeAnswer = z
  .strictObject({
    op: z.enum(['add', 'change', 'remove']),
    type: z.enum(['provider', 'model', 'alias', 'plan', 'budget', 'settings']),
    id: z.string(),
    fields: z.array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  })
  .meta({ id: 'ConfigChange' });

export const AppliedConfigAnswer = z.strictObject({ applied: z.boolean(), changes: z.array(ChangeAnswer) }).meta({ id: 'AppliedConfig' });

export const ConfigDriftAnswer = z
  .strictObject({
    state: z.enum(['in_sync', 'drift', 'no_file']),
    revision: z.strictObject({ id: z.string(), created_at: Time, actor: z.string().nullable(), prune: z.boolean() }).nullable(),
    changes: z.array(ChangeAnswer).meta({ description: 'What applying the last file again would change.' }),
    problem: z.string().nullable().meta({ description: 'Why the last file could not be compared.' }),
  })
  .meta({ id: 'ConfigDrift' });

export const ConfigRevisionAnswer = z
  .strictObject({
    id: z.string(),
    created_at: Time,
    actor: z.strictObject({ type: z.string(), id: z.string().nullable(), label: z.string().nullable() }),
    prune: z.boolean(),
    changes: z.array(ChangeAnswer),
  })
  .meta({ id: 'ConfigRevision' });
