import type { PolicyStore } from '@/lib/policy';
import { type ConnectionTest, listUpstreamModels, type UpstreamPools } from '@/lib/upstream';

/**
 * Tries a stored secret where it can be read: in the process that serves inference. Without a credential's id it takes
 * the provider's first, or none for a provider that needs none.
 */
export async function testStoredCredential(
  state: { policy: PolicyStore; pools: UpstreamPools },
  { providerId, credentialId }: { providerId: string; credentialId: string | null },
): Promise<ConnectionTest> {
  const provider = state.policy.current().providers.get(providerId);
  const credential = credentialId === null ? provider?.credentials[0] : provider?.credentials.find(({ id }) => id === credentialId);
  if (!provider || (!credential && !provider.adapter.credential.optional)) {
    return { ok: false, latencyMs: 0, reason: 'credential', status: null, message: 'It is not in force: the provider or the credential is switched off, or the secret does not unseal.' };
  }
  return listUpstreamModels(state.pools, { adapter: provider.adapter, baseUrl: provider.baseUrl, secret: credential?.secret ?? '' });
}
