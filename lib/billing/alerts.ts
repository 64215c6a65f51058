import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import type { Tx } from '@/lib/store';

export type AlertKind =
  | 'mismatch'
  | 'duplicate_subscription'
  | 'meter_rejected'
  | 'meter_unproven'
  | 'meter_expired'
  | 'drift'
  | 'dispute'
  | 'deleted_customer'
  | 'event_version'
  | 'webhooks_missed';

/** Tells the operator once about one thing that went wrong; a thing that was resolved and comes back is told again. */
export async function raiseAlert(tx: Tx, alert: { kind: AlertKind; orgId: string | null; targetId: string; detail: string }): Promise<void> {
  log.error({ ...alert }, 'billing needs an operator');
  await tx.$executeRaw`
    INSERT INTO billing_alert (id, org_id, kind, target_id, detail) VALUES (${newId('aud')}, ${alert.orgId}, ${alert.kind}, ${alert.targetId}, ${alert.detail.slice(0, 500)})
    ON CONFLICT (kind, target_id) DO UPDATE SET detail = excluded.detail, resolved_at = NULL,
      created_at = CASE WHEN billing_alert.resolved_at IS NULL THEN billing_alert.created_at ELSE now() END`;
}
