import { TZDate } from '@date-fns/tz';
import { addDays, startOfDay } from 'date-fns';
import { type Ctx, requireRight } from '@/lib/services/context';
import { readTimeZone } from '@/lib/services/requests/request-span';
import { withOrg } from '@/lib/store';

const DAYS = 7;

/** Requests of each key on each of the last seven days of the organization's calendar, oldest first. Keys without any are left out. */
export async function readKeyActivity({ ctx }: { ctx: Ctx }): Promise<Record<string, number[]>> {
  requireRight(ctx, 'keys:read');
  return withOrg(ctx.orgId, async (tx) => {
    const timeZone = await readTimeZone(tx, ctx.orgId);
    const from = new Date(addDays(startOfDay(new TZDate(Date.now(), timeZone)), 1 - DAYS).getTime());
    const rows = await tx.$queryRaw<{ key_id: string; day: number; requests: bigint }[]>`
      SELECT u.key_id, (u.bucket AT TIME ZONE ${timeZone})::date - (${from}::timestamptz AT TIME ZONE ${timeZone})::date AS day, sum(u.requests)::bigint AS requests
      FROM usage_rollup u WHERE u.org_id = ${ctx.orgId} AND u.bucket >= ${from} GROUP BY 1, 2`;
    const activity: Record<string, number[]> = {};
    for (const { key_id, day, requests } of rows) {
      const days = (activity[key_id] ??= Array<number>(DAYS).fill(0));
      if (day >= 0 && day < DAYS) days[day] = Number(requests);
    }
    return activity;
  });
}
