/** Series colours are design tokens `chart-1` … `chart-8`; the last is kept for "other". */
export const OTHER_COLOR = 8;

/**
 * The colour of a model, key, alias or provider: the same on every page and every day, because it comes from the id
 * alone (FNV-1a, folded to 1…7).
 */
export function entityColor(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return ((hash >>> 0) % 7) + 1;
}

/** Colours for series drawn together: each keeps its own where it can, and a later one steps aside where two would meet. */
export function seriesColors(ids: readonly string[]): Map<string, number> {
  const taken = new Set<number>();
  const colors = new Map<string, number>();
  for (const id of ids) {
    let color = entityColor(id);
    for (let step = 0; step < 7 && taken.has(color); step++) color = (color % 7) + 1;
    taken.add(color);
    colors.set(id, color);
  }
  return colors;
}

export function chartColor(color: number): string {
  return `var(--chart-${color})`;
}
