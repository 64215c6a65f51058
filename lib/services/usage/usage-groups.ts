/** What usage can be told apart by, as far as the roll-ups carry it. */
export const USAGE_GROUPS = ['model', 'key', 'alias', 'provider'] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];
