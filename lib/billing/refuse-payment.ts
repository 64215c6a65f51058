import type { Tx } from '@/lib/store';
import { raiseAlert } from './alerts';
import { recordBillingAudit } from './billing-audit';
import type { Billing } from './client';

/** A payment that does not match what was asked for grants nothing: it leaves an alert and one audit row. */
export async function refusePayment(tx: Tx, billing: Billing, payment: { orgId: string; targetId: string; fault: string }): Promise<string> {
  const { orgId, targetId, fault } = payment;
  await raiseAlert(tx, { kind: 'mismatch', orgId, targetId, detail: fault });
  const known = await tx.auditEntry.findFirst({ where: { orgId, action: 'billing.mismatch', targetId } });
  if (!known) await recordBillingAudit(tx, billing, { orgId, action: 'billing.mismatch', targetType: 'checkout', targetId, after: { fault } });
  return `nothing was granted: ${fault}`;
}
