/** The nearest of our periods to a duration such as `30d`, `1mo`, `24h`; without one a budget is for good. */
export function budgetPeriod(duration: string | undefined): 'day' | 'week' | 'month' | 'total' {
  if (duration === undefined) return 'total';
  const [, amount = '1', unit = 'd'] = /^(\d+)\s*(s|m|h|d|w|mo)$/.exec(duration.trim()) ?? [];
  const days = Number(amount) * { s: 1 / 86_400, m: 1 / 1_440, h: 1 / 24, d: 1, w: 7, mo: 30 }[unit as 's' | 'm' | 'h' | 'd' | 'w' | 'mo'];
  return days <= 3 ? 'day' : days <= 15 ? 'week' : 'month';
}
