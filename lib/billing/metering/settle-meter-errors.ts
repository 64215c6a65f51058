import type { Tx } from '@/lib/store';
import { raiseAlert } from '../alerts';
import type { Billing } from '../client';

/** How long before its own window a report may speak of what was sent. */
const SLACK_MS = 5 * 60_000;
/** Stripe's sums lag behind what it accepted. */
const PROVE_AFTER_MS = 3_600_000;

interface MeterErrors {
  reason: { error_count: number; error_types: { code: string; sample_errors: { error_message: string; request: { identifier: string } }[] }[] };
  validation_start: string;
  validation_end: string;
}

/**
 * Acts on usage that Stripe accepted and then did not count. The rows it names are refused and told to the operator; it
 * names samples only, so everything else that was delivered in the report's window is proven anew by Stripe's own sums.
 */
export async function settleMeterErrors(tx: Tx, billing: Billing, eventId: string): Promise<string> {
  const { data } = (await billing.stripe.v2.core.events.retrieve(eventId)) as unknown as { data: MeterErrors };
  let refused = 0;
  for (const { code, sample_errors: samples } of data.reason.error_types) {
    for (const { error_message: message, request } of samples) {
      const row = await tx.meterOutbox.findUnique({ where: { identifier: request.identifier } });
      if (!row || row.simulated !== billing.simulated) continue;
      await tx.meterOutbox.update({ where: { id: row.id }, data: { status: 'rejected', deliveredAt: null, lastError: message.slice(0, 500) } });
      await raiseAlert(tx, { kind: 'meter_rejected', orgId: row.orgId, targetId: row.id, detail: `${code}: ${message}` });
      if (code === 'meter_event_customer_not_found')
        await raiseAlert(tx, { kind: 'deleted_customer', orgId: row.orgId, targetId: row.customerId, detail: 'usage was sent for a customer that Stripe does not know; the next checkout makes a new one' });
      refused += 1;
    }
  }
  const unnamed = data.reason.error_count - refused;
  if (unnamed <= 0) return `${refused} rows of usage were refused`;
  const window = { gte: new Date(Date.parse(data.validation_start) - SLACK_MS), lte: new Date(data.validation_end) };
  const { count } = await tx.meterOutbox.updateMany({
    where: { simulated: billing.simulated, status: { in: ['sent', 'duplicate'] }, deliveredAt: window },
    data: { status: 'unknown', nextAt: new Date(Date.now() + PROVE_AFTER_MS) },
  });
  return `${refused} rows of usage were refused, ${count} will be proven`;
}
