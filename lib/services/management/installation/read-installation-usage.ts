import type { OperatorCtx } from '@/lib/services/context';
import type { UsageQuery } from '@/lib/services/usage/usage-query';
import { readUsageSeries, type UsageSeries } from '@/lib/services/usage/usage-series';
import { asSystem } from '@/lib/store';
import { narrowedTo } from './of-organization';

/** Usage and cost over time of every organization together, by days in UTC, or of one by its own days. */
export async function readInstallationUsage({ input }: { ctx: OperatorCtx; input: UsageQuery & { org?: string } }): Promise<UsageSeries> {
  const orgId = await narrowedTo(input);
  return asSystem((tx) => readUsageSeries(tx, orgId, input));
}
