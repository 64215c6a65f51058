import { FairleadError } from '@/lib/kernel/errors';
import { findAdapter, resolveBaseUrl } from '@/lib/providers/registry';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem, type Tx } from '@/lib/store';

export interface CredentialView {
  id: string;
  name: string;
  /** Empty where the secret is too short to show its end, or none was given. */
  last4: string;
  weight: number;
  state: 'active' | 'off' | 'retiring' | 'no_secret';
  retiresAt: string | null;
  /** How the configuration file names it; null when it was pasted. */
  source: string | null;
  lastTest: { ok: boolean; message: string | null; latencyMs: number } | null;
  testedAt: string | null;
  /** Attempts of the last 24 hours. */
  attempts: number;
  failed: number;
  /** The newest failure of the last 24 hours, in the provider's own words. */
  lastError: { at: string; outcome: string; message: string | null } | null;
}

export interface ProviderView {
  id: string;
  label: string;
  adapter: string;
  adapterLabel: string;
  docsUrl: string | null;
  keysUrl: string | null;
  /** As it was configured: the name of an endpoint, an address, or null for the default. */
  baseUrl: string | null;
  address: string | null;
  timeouts: { connectMs?: number; firstTokenMs?: number; idleMs?: number; totalMs?: number };
  onClientDisconnect: 'cancel' | 'drain';
  enabled: boolean;
  dataRegion: string | null;
  needsCredential: boolean;
  models: number;
  unpriced: number;
  credentials: CredentialView[];
}

/** Every provider with its pool of credentials, oldest first. Secrets are not here: they are sealed, and only the gateway opens them. */
export async function listProviders(_args: { ctx: OperatorCtx }): Promise<ProviderView[]> {
  return asSystem((tx) => readProviders(tx));
}

/** One provider. Throws `not_found`. */
export async function getProvider({ input }: { ctx: OperatorCtx; input: { id: string } }): Promise<ProviderView> {
  const [provider] = await asSystem((tx) => readProviders(tx, input.id));
  if (!provider) throw new FairleadError('not_found');
  return provider;
}

interface UseRow {
  provider_id: string;
  credential_last4: string;
  attempts: bigint;
  failed: bigint;
  last_error: { at: string; outcome: string; message: string | null } | null;
}

async function readProviders(tx: Tx, id?: string): Promise<ProviderView[]> {
  const rows = await tx.provider.findMany({
    where: id === undefined ? {} : { id },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: {
      credentials: { orderBy: [{ createdAt: 'asc' }, { name: 'asc' }] },
      models: { select: { enabled: true, _count: { select: { cards: { where: { orgId: null } } } } } },
    },
  });
  const since = new Date(Date.now() - 24 * 3_600_000);
  const uses = await tx.$queryRaw<UseRow[]>`
    SELECT provider_id, credential_last4, count(*) AS attempts, count(*) FILTER (WHERE failed) AS failed,
      (array_agg(jsonb_build_object('at', started_at, 'outcome', outcome, 'message', error_message) ORDER BY started_at DESC) FILTER (WHERE failed))[1] AS last_error
    FROM (SELECT *, outcome NOT IN ('completed', 'truncated', 'cancelled', 'bad_request', 'context_length', 'content_filter') AS failed
          FROM logs.attempt WHERE day >= ${since}::date AND started_at >= ${since}) a
    GROUP BY 1, 2`;
  const useOf = new Map(uses.map((row) => [`${row.provider_id}/${row.credential_last4}`, row]));
  return rows.map((row) => {
    const adapter = findAdapter(row.adapter);
    return {
      id: row.id,
      label: row.label ?? adapter?.label ?? row.id,
      adapter: row.adapter,
      adapterLabel: adapter?.label ?? row.adapter,
      docsUrl: adapter?.docsUrl ?? null,
      keysUrl: adapter?.keysUrl ?? null,
      baseUrl: row.baseUrl,
      address: adapter && row.adapter !== 'demo' ? resolveBaseUrl(adapter, row.baseUrl) : null,
      timeouts: row.timeouts as ProviderView['timeouts'],
      onClientDisconnect: row.onClientDisconnect === 'drain' ? 'drain' : 'cancel',
      enabled: row.enabled,
      dataRegion: row.dataRegion,
      needsCredential: row.adapter !== 'demo' && !adapter?.credential.optional,
      models: row.models.length,
      unpriced: row.models.filter(({ enabled, _count }) => enabled && _count.cards === 0).length,
      credentials: row.credentials.map((credential) => viewCredential(credential, useOf.get(`${row.id}/${credential.last4}`))),
    };
  });
}

interface CredentialRow {
  id: string;
  name: string;
  last4: string;
  weight: number;
  enabled: boolean;
  sealed: string | null;
  source: string | null;
  retiresAt: Date | null;
  lastTest: unknown;
  testedAt: Date | null;
}

function viewCredential(row: CredentialRow, use: UseRow | undefined): CredentialView {
  const test = row.testedAt ? (row.lastTest as { ok: boolean; message?: string; latencyMs: number } | null) : null;
  return {
    id: row.id,
    name: row.name,
    last4: row.last4,
    weight: row.weight,
    state: row.sealed === null ? 'no_secret' : !row.enabled || (row.retiresAt && row.retiresAt.getTime() <= Date.now()) ? 'off' : row.retiresAt ? 'retiring' : 'active',
    retiresAt: row.retiresAt?.toISOString() ?? null,
    source: row.source,
    lastTest: test && { ok: test.ok, message: test.message ?? null, latencyMs: test.latencyMs },
    testedAt: row.testedAt?.toISOString() ?? null,
    attempts: Number(use?.attempts ?? 0),
    failed: Number(use?.failed ?? 0),
    lastError: use?.last_error ?? null,
  };
}
