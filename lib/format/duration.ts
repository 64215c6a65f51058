export interface Quantity {
  value: string;
  unit: string;
}

/** Milliseconds as value and unit apart, so that the unit can be quieter: 0.42 ms, 812 ms, 1.24 s, 2 min 03 s. */
export function durationParts(ms: number): Quantity {
  if (ms < 10) return { value: trim(ms.toFixed(2)), unit: 'ms' };
  if (ms < 1_000) return { value: String(Math.round(ms)), unit: 'ms' };
  if (ms < 10_000) return { value: (ms / 1_000).toFixed(2), unit: 's' };
  if (ms < 60_000) return { value: (ms / 1_000).toFixed(1), unit: 's' };
  const seconds = Math.round(ms / 1_000);
  return { value: `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')}`, unit: 's' };
}

export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '—';
  const { value, unit } = durationParts(ms);
  return `${value} ${unit}`;
}

function trim(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') || '0' : text;
}
