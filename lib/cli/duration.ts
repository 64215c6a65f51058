import { UsageError } from './command';

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** "30m", "24h", "7d" or "0" as seconds. `option` names what it was given for. */
export function parseDuration(text: string, option: string): number {
  if (text === '0') return 0;
  const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = SECONDS[unit];
  if (amount === undefined || seconds === undefined) throw new UsageError(`${option} "${text}" is not a duration such as 30m, 24h or 7d`);
  return Number(amount) * seconds;
}
