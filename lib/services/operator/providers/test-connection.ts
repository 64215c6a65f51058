import { z } from 'zod';
import { env } from '@/lib/env';
import { FairleadError } from '@/lib/kernel/errors';
import { findAdapter, resolveBaseUrl } from '@/lib/providers/registry';
import { findCatalogueModel } from '@/lib/catalog';
import { baseUrlProblem, normalizeBaseUrl } from '@/lib/services/config/base-url';
import type { OperatorCtx } from '@/lib/services/context';
import { type ConnectionTest, createUpstreamPools, listUpstreamModels } from '@/lib/upstream';

export const TestConnectionInput = z.object({
  adapter: z.string(),
  baseUrl: z.string().trim().max(500).nullable(),
  secret: z.string().trim().max(10_000),
});

export interface FoundModel {
  id: string;
  /** Our catalogue knows its price. */
  priced: boolean;
}

export type TestedConnection = Extract<ConnectionTest, { ok: false }> | { ok: true; latencyMs: number; models: FoundModel[] | null };

/**
 * Tries a secret that is not saved yet, from this process: it was pasted here a moment ago, and the address guard of the
 * gateway holds here too. Stored secrets are tried by the gateway, which alone can read them.
 */
export async function testConnection({
  input,
  allowPrivate = env().allowPrivateUpstreams,
}: {
  ctx: OperatorCtx;
  input: z.output<typeof TestConnectionInput>;
  /** ALLOW_PRIVATE_UPSTREAMS. */
  allowPrivate?: boolean;
}): Promise<TestedConnection> {
  const adapter = findAdapter(input.adapter);
  if (!adapter) throw new FairleadError('invalid_request', 'There is no such provider.', { param: 'adapter' });
  const baseUrl = normalizeBaseUrl(adapter, input.baseUrl);
  const problem = baseUrlProblem(adapter, baseUrl, allowPrivate);
  if (problem) throw new FairleadError('invalid_request', `The address ${problem}.`, { param: 'baseUrl' });
  if (input.secret === '' && !adapter.credential.optional) throw new FairleadError('invalid_request', 'Paste a key first.', { param: 'secret' });
  const pools = createUpstreamPools({ allowPrivate });
  try {
    const tested = await listUpstreamModels(pools, { adapter, baseUrl: resolveBaseUrl(adapter, baseUrl) as string, secret: input.secret });
    return describeTest(adapter.id, tested);
  } finally {
    await pools.close();
  }
}

/** The names a provider listed, with what our catalogue knows of them. */
export function describeTest(adapter: string, tested: ConnectionTest): TestedConnection {
  if (!tested.ok) return tested;
  return { ...tested, models: tested.models?.map((id) => ({ id, priced: findCatalogueModel(adapter, id) !== null })) ?? null };
}
