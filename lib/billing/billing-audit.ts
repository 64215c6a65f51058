import { newId } from '@/lib/kernel/ids';
import type { Tx } from '@/lib/store';
import type { Billing } from './client';

interface Entry {
  orgId: string;
  /** `plan.change`, `billing.mismatch` … */
  action: string;
  targetType: string;
  targetId: string;
  before?: object;
  after?: object;
}

/** Writes what a payment changed into the organization's audit, in the transaction of the change. */
export async function recordBillingAudit(tx: Tx, billing: Pick<Billing, 'simulated'>, entry: Entry): Promise<void> {
  await tx.auditEntry.create({
    data: {
      id: newId('aud'),
      orgId: entry.orgId,
      actorType: 'system',
      actorLabel: billing.simulated ? 'Stripe simulator' : 'Stripe',
      action: entry.action,
      targetType: entry.targetType,
      targetId: entry.targetId,
      ...(entry.before ? { before: entry.before } : {}),
      ...(entry.after ? { after: entry.after } : {}),
    },
  });
}
