import type { GatewayPool } from '@/lib/store';

/** Every partition costs each statement a little, so they are made only as far ahead as a day without an hourly run needs. */
const DAYS_AHEAD = 2;

/** Makes the log partitions of every plan's retention for today and the days ahead, and drops those whose time is over. */
export async function keepPartitions(pool: GatewayPool): Promise<void> {
  await pool.query(
    `SELECT logs.ensure_partitions(coalesce(array_agg(DISTINCT 'd' || log_retention_days), ARRAY['d7']), (now() AT TIME ZONE 'UTC')::date - 1, (now() AT TIME ZONE 'UTC')::date + $1::int) FROM plan`,
    [DAYS_AHEAD],
  );
  await pool.query(`SELECT logs.drop_expired_partitions((now() AT TIME ZONE 'UTC')::date)`);
}
