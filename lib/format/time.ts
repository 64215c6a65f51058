const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** "4 min ago" in the reader's language. Beyond a month the date says more, so callers show that instead. */
export function relativeTime(iso: string, nowMs: number, locale: string): string {
  const seconds = Math.round((Date.parse(iso) - nowMs) / 1_000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, 'second');
}

/** Date and time to the second in the given zone, for rows of a log. */
export function logTime(iso: string, locale: string, timeZone: string): { date: string; time: string } {
  const at = new Date(iso);
  return {
    date: new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone }).format(at),
    time: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone }).format(at),
  };
}

/** The full instant with its zone, for tooltips and headers. */
export function fullTime(iso: string, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long', timeZone }).format(new Date(iso));
}

/** The label of a chart bucket: "2026-11-25" becomes "Nov 25", "2026-11-25T14" becomes "14:00". Both are local already. */
export function bucketLabel(bucket: string, locale: string, long = false): string {
  const [day = bucket, hour] = bucket.split('T');
  const at = new Date(`${day}T${hour ?? '12'}:00:00Z`);
  const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC' };
  if (hour === undefined || long) Object.assign(options, { month: 'short', day: 'numeric' });
  if (hour !== undefined) Object.assign(options, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (long && hour === undefined) options.weekday = 'short';
  return new Intl.DateTimeFormat(locale, options).format(at);
}
