/** What usage can be told apart by, as far as the roll-ups carry it. A call with several tags counts under each of them. */
export const USAGE_GROUPS = ['model', 'key', 'alias', 'provider', 'member', 'tag', 'end_user'] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];
