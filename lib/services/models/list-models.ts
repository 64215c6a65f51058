import { type CompiledCard, compileCard, scaleCard } from '@/lib/catalog';
import { formatUsd } from '@/lib/kernel/money';
import { type AllowVerdict, explainName, explainTarget } from '@/lib/policy/allow';
import { percentToPpm } from '@/lib/policy/load-policy';
import { findAdapter } from '@/lib/providers/registry';
import { readLayers, readModelFacts } from '@/lib/services/access/read-access';
import { type Ctx, requireRight } from '@/lib/services/context';
import { type ModelHealthJson, readModelHealth } from './model-health';
import { type Tx, withOrg } from '@/lib/store';

export interface PriceJson {
  card_id: string;
  /** Dollars per million tokens. */
  input_usd: string;
  /** Null where cached input costs what input costs. */
  cached_input_usd: string | null;
  output_usd: string;
  currency: string;
  /** The card has steps by length; these are the rates of the first. */
  tiered: boolean;
}

export interface ModelJson {
  id: string;
  kind: string;
  display_name: string | null;
  provider: string;
  provider_label: string;
  /** Which registry entry the provider is of; its mark is drawn from it. */
  adapter: string;
  demo: boolean;
  context_window: number | null;
  max_output_tokens: number | null;
  capabilities: string[];
  price: PriceJson | null;
  availability: Availability;
  /** Null where nobody called it within 24 hours. */
  health: ModelHealthJson | null;
}

export interface AliasJson {
  id: string;
  description: string | null;
  strategy: string;
  targets: string[];
  availability: Availability;
}

/** Whether a call by this name would be taken, and if not, what stands in its way. */
export type Availability = { allowed: true } | { allowed: false; reason: 'plan_deny' | 'plan_allow' | 'restricted' | 'no_credential' | 'provider_off' | 'no_target' };

export interface ModelCatalogue {
  plan: { id: string; name: string };
  aliases: AliasJson[];
  models: ModelJson[];
}

/** A price card as the database holds it. */
export interface CardRow {
  id: string;
  model_id: string;
  currency: string;
  fx_rate: string | null;
  rates: Record<string, string | undefined>;
  tiers: unknown[];
}

/** The models and aliases of this installation as one organization sees them: its prices, and what its plan allows. */
export async function listModels({ ctx }: { ctx: Ctx }): Promise<ModelCatalogue> {
  requireRight(ctx, 'usage:read');
  const health = await readModelHealth();
  return withOrg(ctx.orgId, async (tx) => {
    const org = await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, include: { plan: true } });
    const { plan } = org;
    const layers = await readLayers(tx, org, ctx.role, null);
    const facts = await readModelFacts(tx);
    const markup = await readMarkup(tx, plan.markupPercent?.toString() ?? null);
    const cards = new Map((await readCards(tx, ctx.orgId)).map((card) => [card.model_id, card]));
    const rows = await tx.model.findMany({
      where: { enabled: true },
      include: { provider: { include: { credentials: { where: { enabled: true, sealed: { not: null } }, select: { id: true } } } } },
      orderBy: { id: 'asc' },
    });
    const models = rows.map((row): ModelJson => {
      const demo = row.provider.adapter === 'demo';
      const verdict = explainName(row.id, facts.get(row.id) ?? null, layers);
      const card = cards.get(row.id);
      return {
        id: row.id,
        kind: row.kind,
        display_name: row.displayName,
        provider: row.providerId,
        provider_label: row.provider.label ?? row.providerId,
        adapter: row.provider.adapter,
        demo,
        context_window: row.contextWindow,
        max_output_tokens: row.maxOutputTokens,
        capabilities: row.capabilities,
        price: card ? toPrice(card, markup) : null,
        health: health.get(row.id) ?? null,
        availability: !verdict.allowed
          ? { allowed: false, reason: reasonOf(verdict) }
          : !row.provider.enabled
            ? { allowed: false, reason: 'provider_off' }
            : row.provider.credentials.length === 0 && !needsNoCredential(row.provider.adapter)
              ? { allowed: false, reason: 'no_credential' }
              : { allowed: true },
      };
    });
    const working = new Set(models.filter(({ availability }) => availability.allowed || !UNREACHABLE.has(availability.reason)).map(({ id }) => id));
    const aliases = await tx.alias.findMany({ orderBy: { name: 'asc' } });
    return {
      plan: { id: plan.id, name: plan.name },
      aliases: aliases.map((row) =>
        toAlias(row, explainName(row.name, null, layers), (model) => {
          const known = facts.get(model);
          return known !== undefined && working.has(model) && explainTarget(row.name, known, layers).allowed;
        }),
      ),
      models,
    };
  });
}

function needsNoCredential(adapter: string): boolean {
  return adapter === 'demo' || (findAdapter(adapter)?.credential.optional ?? false);
}

const UNREACHABLE = new Set(['provider_off', 'no_credential']);

function reasonOf({ layer, list }: Extract<AllowVerdict, { allowed: false }>): 'plan_deny' | 'plan_allow' | 'restricted' {
  if (layer !== 'plan') return 'restricted';
  return list === 'deny' ? 'plan_deny' : 'plan_allow';
}

/** Allowing an alias allows its targets through it, except those that a rule denies. */
function toAlias(
  row: { name: string; description: string | null; strategy: string; targets: unknown },
  verdict: AllowVerdict,
  isReachable: (model: string) => boolean,
): AliasJson {
  const targets = (row.targets as { model: string }[]).map(({ model }) => model);
  return {
    id: row.name,
    description: row.description,
    strategy: row.strategy,
    targets,
    availability: !verdict.allowed
      ? { allowed: false, reason: reasonOf(verdict) }
      : targets.some(isReachable)
        ? { allowed: true }
        : { allowed: false, reason: 'no_target' },
  };
}

/** The card in force for each model: the tenant's own before everybody's, then the newest. */
async function readCards(tx: Tx, orgId: string): Promise<CardRow[]> {
  return tx.$queryRaw<CardRow[]>`
    SELECT DISTINCT ON (model_id) id, model_id, currency, fx_rate, rates, tiers FROM price_card
    WHERE effective_from <= now() AND (org_id IS NULL OR org_id = ${orgId})
    ORDER BY model_id, (org_id IS NULL), effective_from DESC, created_at DESC`;
}

async function readMarkup(tx: Tx, planMarkup: string | null): Promise<bigint> {
  if (planMarkup !== null) return percentToPpm(planMarkup);
  const setting = await tx.setting.findUnique({ where: { key: 'markupPercent' } });
  return percentToPpm(typeof setting?.value === 'string' ? setting.value : '0');
}

/** What an organization's plan puts on top of prices. */
export async function readPlanMarkup(tx: Tx, orgId: string): Promise<bigint> {
  const { plan } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { plan: { select: { markupPercent: true } } } });
  return readMarkup(tx, plan.markupPercent?.toString() ?? null);
}

/** The rates a call is charged by: in dollars, with the plan's markup. A card that cannot be read prices nothing. */
export function toPrice(row: CardRow, markupPpm: bigint): PriceJson | null {
  let card: CompiledCard;
  try {
    card = scaleCard(compileCard(row), 1_000_000n + markupPpm);
  } catch {
    return null;
  }
  const shown = card.tiers.find((tier) => tier.windows === null)?.rates ?? card.rates;
  return {
    card_id: card.id,
    input_usd: formatUsd(shown.input),
    cached_input_usd: shown.cachedInput === shown.input ? null : formatUsd(shown.cachedInput),
    output_usd: formatUsd(shown.output),
    currency: card.currency,
    tiered: card.tiers.length > 0,
  };
}
