/** Hours of the week in which a tier's prices hold, in a fixed offset from UTC. */
export interface PriceWindowRow {
  /** ISO weekdays, 1 = Monday. All days when absent. */
  days?: number[];
  /** "09:00", inclusive. */
  from: string;
  /** "12:00", exclusive; "24:00" is the end of the day. */
  to: string;
  utcOffsetMinutes?: number;
}

export interface PriceWindow {
  days: ReadonlySet<number> | null;
  fromMinute: number;
  toMinute: number;
  utcOffsetMinutes: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

export function compileWindow(row: PriceWindowRow): PriceWindow {
  return {
    days: row.days ? new Set(row.days) : null,
    fromMinute: minuteOfDay(row.from),
    toMinute: minuteOfDay(row.to),
    utcOffsetMinutes: row.utcOffsetMinutes ?? 0,
  };
}

/** Whether a moment lies in any of the windows. */
export function isInside(windows: readonly PriceWindow[], nowMs: number): boolean {
  return windows.some((window) => {
    const minutes = Math.floor(nowMs / MINUTE_MS) + window.utcOffsetMinutes;
    const minute = minutes % DAY_MINUTES;
    if (minute < window.fromMinute || minute >= window.toMinute) return false;
    // 1 January 1970 was a Thursday.
    const weekday = ((Math.floor(minutes / DAY_MINUTES) + 3) % 7) + 1;
    return window.days === null || window.days.has(weekday);
  });
}

function minuteOfDay(text: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (!(minute >= 0 && minute <= DAY_MINUTES)) throw new RangeError(`not a time of day: ${JSON.stringify(text)}`);
  return minute;
}
