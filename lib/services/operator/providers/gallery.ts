import { ADAPTERS } from '@/lib/providers/registry';
import { CATALOGUE } from '@/lib/catalog';

/** A provider that can be added, as a form shows it. */
export interface GalleryEntry {
  adapter: string;
  label: string;
  docsUrl: string;
  keysUrl: string | null;
  /** Named addresses, the first is the default; empty where every customer has an address of their own. */
  endpoints: { name: string; url: string }[];
  credential: { label: string; placeholder: string; optional: boolean };
  /** Models that our catalogue knows a price of. */
  priced: number;
}

/** Every provider of the registry but the built-in demo, in the registry's order. */
export function listGallery(): GalleryEntry[] {
  return ADAPTERS.filter(({ id }) => id !== 'demo').map(({ id, label, docsUrl, keysUrl, baseUrls, credential }) => ({
    adapter: id,
    label,
    docsUrl,
    keysUrl: keysUrl ?? null,
    endpoints: nameEndpoints(baseUrls),
    credential: { label: credential.label, placeholder: credential.placeholder, optional: credential.optional ?? false },
    priced: CATALOGUE.filter(({ adapter }) => adapter === id).length,
  }));
}

/** `default` is one of the named ones under another name; it is listed under its own only where it is alone. */
function nameEndpoints(baseUrls: Record<string, string>): { name: string; url: string }[] {
  const named = Object.entries(baseUrls).filter(([name, url]) => url !== '' && name !== 'default');
  const { default: first = '' } = baseUrls;
  if (named.length === 0) return first === '' ? [] : [{ name: 'default', url: first }];
  return named.map(([name, url]) => ({ name, url })).sort((a, b) => Number(b.url === first) - Number(a.url === first));
}
