import { queryString } from '@/lib/query/fetch-json';
import type { UsageGroup, UsageSeries } from '@/lib/query/types';
import type { UsageView } from '@/lib/query/usage-view';

/** The filter of the log that shows the calls of a group. */
export const LOG_FILTER: Record<UsageGroup, 'model' | 'key_id' | 'alias' | 'provider' | 'member' | 'tag' | 'user'> = {
  model: 'model',
  key: 'key_id',
  alias: 'alias',
  provider: 'provider',
  member: 'member',
  tag: 'tag',
  end_user: 'user',
};

/** Where the requests behind a figure are: the filters and the span of the view, narrowed to a group and to what the figure counts. */
export function logsHref(
  org: string,
  view: UsageView,
  series: Pick<UsageSeries, 'group' | 'from' | 'to'>,
  id: string | null,
  more: Record<string, string> = {},
): string {
  const { range, from, model, alias, provider, key_id, member, tag, user } = view;
  const exact = from !== null || range === 'month';
  return `/${org}/logs${queryString({
    model,
    alias,
    provider,
    key_id,
    member,
    tag,
    user,
    range: exact ? null : range,
    from: exact ? series.from : null,
    to: exact ? series.to : null,
    ...(id ? { [LOG_FILTER[series.group]]: id } : {}),
    ...more,
  })}`;
}
