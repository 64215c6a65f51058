import { type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { RANGES } from '@/lib/format/time-range';
import { USAGE_GROUPS } from '@/lib/services/usage/usage-groups';

export const USAGE_TABS = ['cost', 'tokens', 'requests', 'latency', 'errors', 'cache'] as const;
/** What a question shows besides the chart: where attempts fail, and simple calls that dear models answered. */
export const USAGE_PANELS = ['retries', 'simple'] as const;
export { USAGE_GROUPS };
export const USAGE_RANGES = ['24h', '7d', '30d', '90d', 'month'] as const;
export type UsageTab = (typeof USAGE_TABS)[number];

/** State of the usage page in its URL: the parameters of `usageQuerySchema`, and what only the page knows. */
export const usageView = {
  tab: parseAsStringLiteral(USAGE_TABS).withDefault('cost'),
  group: parseAsStringLiteral(USAGE_GROUPS).withDefault('model'),
  range: parseAsStringLiteral(RANGES).withDefault('30d'),
  from: parseAsString,
  to: parseAsString,
  show: parseAsStringLiteral(USAGE_PANELS),
  model: parseAsString,
  alias: parseAsString,
  provider: parseAsString,
  key_id: parseAsString,
  member: parseAsString,
  tag: parseAsString,
  user: parseAsString,
};

export type UsageView = inferParserType<typeof usageView>;

export function usageParams(view: UsageView): Record<string, string | null> {
  const { range, from, to, group, model, alias, provider, key_id, member, tag, user } = view;
  return { range: from ? null : range, from, to, group, model, alias, provider, key_id, member, tag, user };
}
