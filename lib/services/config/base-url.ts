import { isIP } from 'node:net';
import type { Adapter } from '@/lib/providers/contract';
import { resolveBaseUrl } from '@/lib/providers/registry';
import { isPrivateAddress } from '@/lib/upstream/address';

/** Version segments that the dialect adds itself: a base that already ends in one is accepted and means the same. */
const VERSION_SUFFIX: Partial<Record<Adapter['dialect'], RegExp>> = {
  'anthropic-messages': /\/v1$/,
  gemini: /\/v1(beta)?$/,
};

/** One spelling per base URL: no slash at the end, no version where the dialect adds it; names and null stay as they are. */
export function normalizeBaseUrl(adapter: Adapter, baseUrl: string | null): string | null {
  if (baseUrl === null || !/^https?:\/\//i.test(baseUrl.trim())) return baseUrl?.trim() ?? null;
  const trimmed = baseUrl.trim().replace(/\/+$/, '');
  const version = VERSION_SUFFIX[adapter.dialect];
  return version ? trimmed.replace(version, '') : trimmed;
}

/** Why this base URL cannot be used, or null. `allowPrivate` is ALLOW_PRIVATE_UPSTREAMS. */
export function baseUrlProblem(adapter: Adapter, baseUrl: string | null, allowPrivate: boolean): string | null {
  const effective = resolveBaseUrl(adapter, baseUrl);
  if (effective === null) return `is missing: ${adapter.id} has no address of its own`;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(effective)) return `is neither a URL nor an endpoint of ${adapter.id} (${Object.keys(adapter.baseUrls).join(', ')})`;
  let url: URL;
  try {
    url = new URL(effective);
  } catch {
    return 'is not a URL';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'must begin with https:// or http://';
  if (url.username || url.password) return 'must not carry a user or password; use credentials';
  if (url.search || url.hash) return 'must not carry a query or a fragment';
  if (!allowPrivate && isPrivateHost(url.hostname)) return `${url.hostname} is a private address; set ALLOW_PRIVATE_UPSTREAMS=true to let operator providers use private addresses`;
  return null;
}

/** Whether a host is private by its name or literal address. Names that resolve to private addresses are refused when the gateway connects. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase();
  if (isIP(host) !== 0) return isPrivateAddress(host) || host.startsWith('::ffff:');
  return !host.includes('.') || /\.(localhost|local|internal|home\.arpa|lan)$/.test(host);
}
