import { OTHER_COLOR, seriesColors } from '@/lib/format/entity-color';

export interface Series {
  id: string;
  label: string;
  /** 1 … 8, a token of the palette. */
  color: number;
  values: number[];
}

/** The id under which everything beyond the largest few is drawn. */
export const OTHER = '__other';

const MAX_SERIES = 7;

/** The largest series by their sum, each in its own colour; the rest together as "other". */
export function topSeries(groups: readonly { id: string; label: string; values: number[] }[], otherLabel: string, max = MAX_SERIES): Series[] {
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  const ranked = groups
    .map((group) => ({ ...group, sum: sum(group.values) }))
    .filter((group) => group.sum > 0)
    .sort((a, b) => b.sum - a.sum);
  const kept = ranked.length > max + 1 ? ranked.slice(0, max) : ranked.slice(0, max + 1);
  const rest = ranked.slice(kept.length);
  const colors = seriesColors(kept.slice(0, max).map(({ id }) => id));
  const series: Series[] = kept.map(({ id, label, values }) => ({ id, label, values, color: colors.get(id) ?? OTHER_COLOR }));
  if (rest.length > 0) {
    const values = (rest[0]?.values ?? []).map((_, at) => rest.reduce((total, group) => total + (group.values[at] ?? 0), 0));
    series.push({ id: OTHER, label: otherLabel, values, color: OTHER_COLOR });
  }
  return series;
}
