import type { CompiledCard } from '@/lib/catalog';
import { scaleCard } from '@/lib/catalog';

const cache = new WeakMap<CompiledCard, Map<bigint, CompiledCard>>();

/** The card a tenant pays by: every rate raised by the plan's markup, so that its cost still reads as tokens × rate. */
export function markedUp(card: CompiledCard, markupPpm: bigint): CompiledCard {
  if (markupPpm === 0n) return card;
  let byMarkup = cache.get(card);
  if (!byMarkup) cache.set(card, (byMarkup = new Map()));
  let scaled = byMarkup.get(markupPpm);
  if (!scaled) byMarkup.set(markupPpm, (scaled = scaleCard(card, 1_000_000n + markupPpm)));
  return scaled;
}
