import { asSystem } from '@/lib/store';
import { raiseAlert } from '../alerts';
import type { Billing } from '../client';
import { ensureMeter } from '../ensure-meter';

const AGAIN_AFTER_MS = 3_600_000;

/**
 * Decides rows whose outcome is unknown by Stripe's own sum for exactly their minute: the amount is there (delivered), nothing
 * is there (send again), or something else is (an operator has to look). Returns how many were decided.
 */
export async function proveUsage(billing: Billing): Promise<number> {
  const rows = await asSystem((tx) =>
    tx.meterOutbox.findMany({ where: { status: 'unknown', simulated: billing.simulated, nextAt: { lte: new Date() } }, orderBy: { minute: 'asc' }, take: 200 }),
  );
  if (rows.length === 0) return 0;
  const { meterId } = await ensureMeter(billing);
  let decided = 0;
  for (const row of rows) {
    const startS = Math.floor(row.minute.getTime() / 1_000);
    const found = await sumAtStripe(billing, meterId, row.customerId, startS, startS + 60);
    await asSystem(async (tx) => {
      if (found === row.microUsd) {
        await tx.meterOutbox.update({ where: { id: row.id }, data: { status: 'sent', deliveredAt: new Date(), lastError: null } });
      } else if (found === 0n) {
        await tx.meterOutbox.update({ where: { id: row.id }, data: { status: 'pending', firstTryAt: null, nextAt: new Date() } });
      } else {
        await tx.meterOutbox.update({ where: { id: row.id }, data: { nextAt: new Date(Date.now() + AGAIN_AFTER_MS) } });
        await raiseAlert(tx, { kind: 'meter_unproven', orgId: row.orgId, targetId: row.id, detail: `Stripe counts ${found} micro-dollars in a minute of ${row.microUsd}` });
        return;
      }
      decided += 1;
    });
  }
  return decided;
}

/** What Stripe counted for a customer between two aligned moments, in micro-dollars. */
export async function sumAtStripe(billing: Billing, meterId: string, customer: string, startS: number, endS: number, window?: 'day'): Promise<bigint> {
  let sum = 0n;
  const query = { customer, start_time: startS, end_time: endS, limit: 100, ...(window && { value_grouping_window: window }) };
  for await (const summary of billing.stripe.billing.meters.listEventSummaries(meterId, query)) sum += BigInt(Math.round(summary.aggregated_value));
  return sum;
}
