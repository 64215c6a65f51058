import type { Adapter } from '@/lib/providers/contract';
import { ADAPTERS, findAdapter } from '@/lib/providers/registry';
import { suggest } from './suggest';

/** The adapter of that id, or why it cannot be used. The demo provider is always there and never configured. */
export function requireAdapter(id: string): { adapter: Adapter } | { problem: string } {
  const adapter = findAdapter(id);
  if (adapter) return { adapter };
  const known = ADAPTERS.map((each) => each.id).filter((each) => each !== 'demo');
  const nearest = suggest(id, known);
  return { problem: `there is no adapter "${id}"${nearest ? `; did you mean "${nearest}"?` : `; known are ${known.join(', ')}`}` };
}
