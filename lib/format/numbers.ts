/** A count in full, grouped the way the reader's language groups. */
export function count(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** A count in short for tight places: `12.4K` in English, `1.2万` in Chinese. */
export function countShort(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: value >= 1_000 ? 1 : 0 }).format(value);
}

/** A size that is known in round numbers, such as a context window: `128K`, `1M`. */
export function sizeShort(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(value);
}

/** Something is never shown as nothing. */
const SMALLEST_SHARE = 0.001;

/** `part / whole` as a percentage with one decimal below ten; an em dash where there is no whole. */
export function percent(part: number, whole: number, locale: string): string {
  if (whole <= 0) return '—';
  const share = part / whole;
  if (share > 0 && share < SMALLEST_SHARE) return `<${new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(SMALLEST_SHARE)}`;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 }).format(share);
}

/** The change from `before` to `now` with its sign, or null where there is nothing to compare with. */
export function change(now: number, before: number, locale: string): string | null {
  if (before <= 0) return null;
  const ratio = now / before - 1;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: Math.abs(ratio) < 0.1 ? 1 : 0, signDisplay: 'exceptZero' }).format(ratio);
}
