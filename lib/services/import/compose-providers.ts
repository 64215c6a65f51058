import type { ProviderEntry } from '@/lib/services/config/schema';
import type { Deployment, ImportDraft, ImportedCredential } from './draft';

/** Where a pasted key belongs, as fairlead.yaml names it: `provider/credential`. */
export type PastedSecrets = Map<string, string>;

export interface ComposedProviders {
  providers: ProviderEntry[];
  /** The id of each deployment's provider. */
  idOf: Map<Deployment, string>;
  /** Keys that stood in the file in clear; the composed file says `${stored}` for them. */
  pasted: PastedSecrets;
}

/**
 * One provider per address and set of keys: a key that another gateway used for one model only must not be tried for
 * all models of that provider.
 */
export function composeProviders({ deployments, breaker }: Pick<ImportDraft, 'deployments' | 'breaker'>): ComposedProviders {
  const composed: ComposedProviders = { providers: [], idOf: new Map(), pasted: new Map() };
  const known = new Map<string, string>();
  const taken = new Set<string>();
  for (const deployment of deployments) {
    const { adapter, baseUrl, providerName, credentials } = deployment;
    const weights = shares(credentials.map(({ weight }) => weight));
    const identity = JSON.stringify([adapter, baseUrl, providerName, credentials.map(({ secret, enabled }, index) => [secret, weights[index], enabled])]);
    let id = known.get(identity);
    if (id === undefined) {
      id = freeName(slugOf(providerName ?? adapter) || adapter, taken);
      known.set(identity, id);
      taken.add(id);
      composed.providers.push({
        id,
        adapter,
        ...(providerName === null ? {} : { label: providerName.slice(0, 80) }),
        ...(baseUrl === null ? {} : { baseUrl }),
        credentials: composeCredentials(id, credentials, composed.pasted),
        ...(Object.keys(breaker).length > 0 ? { breaker } : {}),
      });
    }
    composed.idOf.set(deployment, id);
  }
  return composed;
}

function composeCredentials(provider: string, credentials: readonly ImportedCredential[], pasted: PastedSecrets): NonNullable<ProviderEntry['credentials']> {
  const taken = new Set<string>();
  const weights = shares(credentials.map(({ weight }) => weight));
  return credentials.map(({ secret, enabled }, index) => {
    const name = freeName(
      secret.kind === 'variable' ? secret.name.toLowerCase().replaceAll('_', '-') : credentials.length === 1 ? 'main' : `key-${index + 1}`,
      taken,
    );
    taken.add(name);
    if (secret.kind === 'clear') pasted.set(`${provider}/${name}`, secret.value);
    const weight = weights[index];
    return {
      name,
      secret: secret.kind === 'variable' ? `\${env:${secret.name}}` : '${stored}',
      ...(weight === undefined ? {} : { weight }),
      ...(enabled ? {} : { enabled }),
    };
  });
}

/**
 * Weights of another gateway, which may be requests or tokens a minute, as shares from 1 to 1000; 0 stays 0. What has
 * none gets an even share; all without: none is written.
 */
export function shares(weights: readonly (number | null)[]): (number | undefined)[] {
  const named = weights.filter((weight): weight is number => weight !== null && weight >= 0);
  if (named.length === 0 || named.every((weight) => weight === named[0])) return weights.map(() => undefined);
  const largest = Math.max(...named);
  const even = named.reduce((sum, weight) => sum + weight, 0) / named.length;
  const scale = largest > 1_000 || !named.every(Number.isInteger) ? 1_000 / largest : 1;
  return weights.map((weight) => {
    const share = (weight !== null && weight >= 0 ? weight : even) * scale;
    return share === 0 ? 0 : Math.min(1_000, Math.max(1, Math.round(share)));
  });
}

export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 56);
}

/** The name itself, or the first of name-2, name-3 … that nothing has yet. */
export function freeName(name: string, taken: { has(name: string): boolean }): string {
  for (let nth = 1; ; nth++) {
    const candidate = nth === 1 ? name : `${name}-${nth}`;
    if (!taken.has(candidate)) return candidate;
  }
}
