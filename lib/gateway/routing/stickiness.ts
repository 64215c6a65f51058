/** A number in [0, 1) that is the same for the same texts in every process: FNV-1a with a finishing mix. */
export function hashUnit(text: string, salt: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < salt.length; index++) hash = Math.imul(hash ^ salt.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ 0x1f, 0x01000193);
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return (hash >>> 0) / 0x1_0000_0000;
}

/**
 * Sorts by weighted rendezvous: each user has a fixed order over the targets, users spread by weight, and a target that
 * comes back is first again for exactly those who had it. A weight of 0 comes last.
 */
export function byRendezvous<T>(items: readonly T[], id: string, nameOf: (item: T) => string, weightOf: (item: T) => number): T[] {
  const score = (item: T) => {
    const weight = weightOf(item);
    return weight <= 0 ? 0 : -weight / Math.log(Math.max(hashUnit(id, nameOf(item)), Number.MIN_VALUE));
  };
  return items.map((item) => ({ item, score: score(item) })).sort((a, b) => b.score - a.score).map(({ item }) => item);
}

const MAX_PINS = 20_000;
const PIN_MS = 60 * 60_000;

/** Which target a user or session got first, for strategies whose choice moves. Bounded; the oldest go first. */
export class Pins {
  private readonly pins = new Map<string, { model: string; until: number }>();

  find(name: string, nowMs: number): string | null {
    const pin = this.pins.get(name);
    return pin && pin.until > nowMs ? pin.model : null;
  }

  keep(name: string, model: string, nowMs: number): void {
    this.pins.delete(name);
    this.pins.set(name, { model, until: nowMs + PIN_MS });
    if (this.pins.size > MAX_PINS) this.pins.delete(this.pins.keys().next().value as string);
  }
}
