import type { CompiledCard } from '@/lib/catalog';
import type { CompiledModel } from './types';

/** The price card in force: the tenant's own before everybody's, the newest that has begun. Null: unpriced. */
export function cardAt(cards: CompiledModel['cards'], orgId: string, nowMs: number): CompiledCard | null {
  const begun = cards.filter(({ effectiveFromMs }) => effectiveFromMs <= nowMs);
  return (begun.find((entry) => entry.orgId === orgId) ?? begun.find((entry) => entry.orgId === null))?.card ?? null;
}
