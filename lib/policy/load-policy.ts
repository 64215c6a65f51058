import { type CompiledCard, compileCard } from '@/lib/catalog';
import { nano } from '@/lib/kernel/money';
import type { OperatorBudget } from '@/lib/ledger';
import { adapterOfModel, findAdapter, findDialect } from '@/lib/providers/registry';
import type { GatewayPool } from '@/lib/store';
import { compileAlias } from './compile-alias';
import type { BreakerSettings, CompiledModel, CompiledPlan, CompiledProvider, PolicySnapshot, Timeouts } from './types';

export const DEFAULT_TIMEOUTS: Timeouts = { connectMs: 5_000, firstTokenMs: 60_000, idleMs: 60_000, totalMs: 600_000 };

export const DEFAULT_BREAKER: BreakerSettings = { failures: 5, coolDownMs: 10_000, maxCoolDownMs: 20_000 };

interface Row extends Record<string, unknown> {}

/**
 * Reads providers, models, price cards, aliases and plans and compiles them into one snapshot. A part that cannot be
 * compiled (an unknown adapter, a credential that does not unseal) is reported and left out; the rest works.
 */
export async function loadPolicy(
  pool: GatewayPool,
  deps: { unseal(sealed: string): string; onProblem(what: string, error?: unknown): void },
): Promise<PolicySnapshot> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const read = async (text: string): Promise<Row[]> => (await client.query(text)).rows;
    const versions = await read(`SELECT value::text FROM version WHERE name = 'policy'`);
    const providerRows = await read('SELECT * FROM provider WHERE enabled');
    const credentialRows = await read('SELECT * FROM credential WHERE enabled AND sealed IS NOT NULL AND (retires_at IS NULL OR retires_at > now()) ORDER BY name');
    const modelRows = await read('SELECT *, extract(epoch from created_at)::bigint::text AS created_s FROM model WHERE enabled');
    const cardRows = await read('SELECT *, (extract(epoch from effective_from) * 1000)::bigint::text AS effective_ms FROM price_card ORDER BY effective_from DESC, created_at DESC');
    const aliasRows = await read('SELECT *, extract(epoch from updated_at)::bigint::text AS created_s FROM alias');
    const planRows = await read('SELECT *, markup_percent::text AS markup FROM plan');
    const budgetRows = await read('SELECT * FROM operator_budget ORDER BY id');
    const settingRows = await read('SELECT key, value FROM setting');
    await client.query('COMMIT');

    const settings = new Map(settingRows.map((row) => [String(row.key), row.value]));
    const providers = new Map<string, CompiledProvider>();
    for (const row of providerRows) {
      const provider = compileProvider(row, credentialRows, deps);
      if (provider) providers.set(provider.id, provider);
    }
    const models = compileModels(modelRows, cardRows, providers, deps.onProblem);
    return {
      version: BigInt(String(versions[0]?.value ?? '0')),
      providers,
      models,
      aliases: new Map(aliasRows.map((row) => [String(row.name), compileAlias(row, models)])),
      plans: new Map(planRows.map((row) => [String(row.id), compilePlan(row, String(settings.get('markupPercent') ?? '0'))])),
      operatorBudgets: budgetRows.length > 0 ? budgetRows.map(compileOperatorBudget) : null,
      deny: readDeny(settings.get('platform.deny')),
      logBodies: settings.get('logBodies') !== false,
      safetySalt: readSafetySalt(settings),
    };
  } finally {
    client.release();
  }
}

function compileOperatorBudget(row: Row): OperatorBudget {
  return {
    id: String(row.id),
    scopeType: row.scope_type as OperatorBudget['scopeType'],
    scopeId: String(row.scope_id),
    limit: nano(BigInt(String(row.limit_nano))),
    period: row.period as OperatorBudget['period'],
    resetDay: row.reset_day === null ? null : Number(row.reset_day),
    action: row.action === 'warn' ? 'warn' : 'block',
  };
}

function compileProvider(
  row: Row,
  credentialRows: Row[],
  deps: { unseal(sealed: string): string; onProblem(what: string, error?: unknown): void },
): CompiledProvider | null {
  const id = String(row.id);
  const adapter = findAdapter(String(row.adapter));
  if (!adapter) {
    deps.onProblem(`provider ${id}: unknown adapter ${String(row.adapter)}`);
    return null;
  }
  const named = typeof row.base_url === 'string' ? row.base_url : 'default';
  const credentials = credentialRows
    .filter((credential) => credential.provider_id === row.id)
    .flatMap((credential) => {
      try {
        return [
          {
            id: String(credential.id),
            name: String(credential.name),
            secret: deps.unseal(String(credential.sealed)),
            last4: String(credential.last4),
            weight: Number(credential.weight),
            priority: Number(credential.priority),
          },
        ];
      } catch (error) {
        deps.onProblem(`provider ${id}: credential ${String(credential.name)} does not unseal`, error);
        return [];
      }
    });
  return {
    id,
    adapter,
    dialect: findDialect(adapter.dialect),
    baseUrl: (adapter.baseUrls[named] ?? named).replace(/\/+$/, ''),
    timeouts: { ...DEFAULT_TIMEOUTS, ...(row.timeouts as Partial<Timeouts>) },
    hasOwnFirstToken: (row.timeouts as Partial<Timeouts>).firstTokenMs !== undefined,
    onClientDisconnect: row.on_client_disconnect === 'drain' ? 'drain' : 'cancel',
    region: readRegion(row),
    demo: adapter.id === 'demo',
    breaker: { ...DEFAULT_BREAKER, ...(row.breaker as Partial<BreakerSettings>) },
    credentials,
  };
}

/** The operator's word; without it the name of a named endpoint, such as `cn`; a plain URL says nothing. */
function readRegion(row: Row): string | null {
  if (typeof row.data_region === 'string' && row.data_region !== '') return row.data_region;
  const named = row.base_url;
  return typeof named === 'string' && named !== 'default' && !named.includes('://') ? named : null;
}

function readDeny(value: unknown): string[] {
  return Array.isArray(value) ? value.map((entry) => (entry as { rule?: unknown } | null)?.rule).filter((rule): rule is string => typeof rule === 'string') : [];
}

function compileModels(
  modelRows: Row[],
  cardRows: Row[],
  providers: Map<string, CompiledProvider>,
  onProblem: (what: string, error?: unknown) => void,
): Map<string, CompiledModel> {
  const cards = new Map<string, CompiledModel['cards']>();
  for (const row of cardRows) {
    let card: CompiledCard;
    try {
      card = compileCard(row as unknown as Parameters<typeof compileCard>[0]);
    } catch (error) {
      onProblem(`price card ${String(row.id)} of ${String(row.model_id)} is not usable`, error);
      continue;
    }
    const list = cards.get(String(row.model_id)) ?? [];
    list.push({ card, orgId: (row.org_id as string | null) ?? null, effectiveFromMs: Number(row.effective_ms) });
    cards.set(String(row.model_id), list);
  }
  const models = new Map<string, CompiledModel>();
  for (const row of modelRows) {
    const provider = providers.get(String(row.provider_id));
    if (!provider) continue;
    const upstreamModel = String(row.upstream_model);
    const capabilities = new Set((row.capabilities as string[]) ?? []);
    const adapter = adapterOfModel(provider.adapter, upstreamModel, capabilities);
    models.set(String(row.id), {
      id: String(row.id),
      provider: adapter === provider.adapter ? provider : { ...provider, adapter, dialect: findDialect(adapter.dialect) },
      upstreamModel,
      kind: String(row.kind),
      displayName: (row.display_name as string | null) ?? null,
      contextWindow: (row.context_window as number | null) ?? null,
      maxOutputTokens: (row.max_output_tokens as number | null) ?? null,
      capabilities,
      createdAtS: Number(row.created_s),
      cards: cards.get(String(row.id)) ?? [],
    });
  }
  return models;
}

function compilePlan(row: Row, defaultMarkup: string): CompiledPlan {
  return {
    id: String(row.id),
    name: String(row.name),
    allow: row.allow as string[],
    deny: row.deny as string[],
    limits: { rpm: row.rpm as number | null, tpm: row.tpm as number | null, concurrency: row.concurrency as number | null },
    prepaid: row.prepaid as boolean,
    retentionClass: `d${Number(row.log_retention_days)}`,
    markupPpm: percentToPpm((row.markup as string | null) ?? defaultMarkup),
  };
}

/** "12.5" → 125_000n parts per million; at most four decimals count. A discount is negative. */
export function percentToPpm(percent: string): bigint {
  const [whole = '0', fraction = ''] = percent.replace(/^-/, '').split('.');
  const ppm = BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0').slice(0, 4));
  return percent.startsWith('-') ? -ppm : ppm;
}

/** Names are sent unless the operator switched that off. */
function readSafetySalt(settings: ReadonlyMap<string, unknown>): string | null {
  const abuse = settings.get('abuse') as { safetyIdentifier?: unknown } | undefined;
  const salt = settings.get('safety.salt');
  return typeof salt === 'string' && abuse?.safetyIdentifier !== false ? salt : null;
}
