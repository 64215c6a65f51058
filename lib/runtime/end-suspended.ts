import type { RunningCalls } from '@/lib/gateway';
import type { GatewayPool } from '@/lib/store';

/** Ends the streams of organizations that were suspended since they began. Asks nothing while nothing runs. */
export async function endSuspended(pool: GatewayPool, running: RunningCalls): Promise<void> {
  const organizations = running.organizations();
  if (organizations.length === 0) return;
  const { rows } = await pool.query<{ id: string; reason: string | null }>({
    name: 'suspended-organizations',
    text: 'SELECT id, suspend_reason AS reason FROM organization WHERE suspended_at IS NOT NULL AND id = ANY($1)',
    values: [organizations],
  });
  for (const { id, reason } of rows) running.end(id, `the organization is suspended${reason ? `: ${reason}` : ''}`);
}
