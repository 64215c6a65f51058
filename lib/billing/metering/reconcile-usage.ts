import { log } from '@/lib/log';
import { asSystem } from '@/lib/store';
import { raiseAlert } from '../alerts';
import { type Billing, isMissing } from '../client';
import { isCarried, microFromNano } from '../convert';
import { ensureMeter } from '../ensure-meter';
import { sumAtStripe } from './prove-usage';

const DAY_MS = 86_400_000;
/** Days that are looked at again each night: usage may come late, and Stripe counts late. */
const DAYS = 4;
/** A day is compared when even its last minute is this old. */
const LAG_MS = 2 * 3_600_000;

interface DaySum {
  customer_id: string;
  org_id: string;
  outbox: bigint;
  open: bigint;
  ledger_nano: bigint;
}

/**
 * Compares ledger, outbox and Stripe for every organization and UTC day. The ledger may differ by the one micro-dollar that
 * is carried on; anything else is drift and told to the operator. Returns how many days drifted.
 */
export async function reconcileUsage(billing: Billing, now = Date.now()): Promise<number> {
  const today = Math.floor((now - LAG_MS) / DAY_MS) * DAY_MS;
  let drifts = 0;
  for (let day = today - (DAYS - 1) * DAY_MS; day <= today; day += DAY_MS) {
    for (const sum of await sumsOfDay(billing, new Date(day), new Date(now - LAG_MS))) {
      try {
        if (await compare(billing, new Date(day), sum)) drifts += 1;
      } catch (error) {
        log.error({ err: error, orgId: sum.org_id }, 'usage could not be compared with Stripe');
      }
    }
  }
  return drifts;
}

/**
 * What the ledger says of a day are the charges behind its outbox rows, wherever late ones were put, and those of the day
 * that no row took: usage that was forgotten shows as well as usage that was sent twice.
 */
function sumsOfDay({ simulated }: Billing, day: Date, settledBy: Date): Promise<DaySum[]> {
  const next = new Date(day.getTime() + DAY_MS);
  return asSystem(
    (tx) => tx.$queryRaw<DaySum[]>`
      WITH sent AS (
        SELECT o.customer_id, o.org_id, coalesce(sum(o.micro_usd) FILTER (WHERE o.status IN ('sent', 'duplicate')), 0)::bigint AS outbox,
          coalesce(sum(o.micro_usd) FILTER (WHERE o.status NOT IN ('sent', 'duplicate')), 0)::bigint AS open,
          coalesce(sum((SELECT sum(e.amount_nano) FROM meter_item i JOIN ledger_entry e ON e.id = i.entry_id WHERE i.outbox_id = o.id)), 0)::bigint AS ledger_nano
        FROM meter_outbox o WHERE o.simulated = ${simulated} AND o.minute >= ${day}::timestamptz AND o.minute < ${next}::timestamptz
        GROUP BY o.customer_id, o.org_id
      ), forgotten AS (
        SELECT g.stripe_customer_id AS customer_id, e.org_id, sum(e.amount_nano)::bigint AS ledger_nano
        FROM ledger_entry e JOIN organization g ON g.id = e.org_id
        WHERE e.kind = 'charge' AND e.fund IN ('overage', 'postpaid') AND g.stripe_customer_id IS NOT NULL
          AND e.created_at >= ${day}::timestamptz AND e.created_at < least(${next}::timestamptz, ${settledBy}::timestamptz)
          AND NOT EXISTS (SELECT 1 FROM meter_item i WHERE i.entry_id = e.id)
          AND EXISTS (SELECT 1 FROM subscription s WHERE s.org_id = e.org_id AND s.simulated = ${simulated} AND s.metered_item_id IS NOT NULL
            AND e.created_at >= s.created_at AND (s.ended_at IS NULL OR e.created_at < s.ended_at))
        GROUP BY g.stripe_customer_id, e.org_id
      )
      SELECT coalesce(sent.customer_id, forgotten.customer_id) AS customer_id, coalesce(sent.org_id, forgotten.org_id) AS org_id,
        coalesce(sent.outbox, 0)::bigint AS outbox, coalesce(sent.open, 0)::bigint AS open,
        (coalesce(sent.ledger_nano, 0) + coalesce(forgotten.ledger_nano, 0))::bigint AS ledger_nano
      FROM sent FULL JOIN forgotten USING (customer_id, org_id)`,
  );
}

async function compare(billing: Billing, day: Date, sum: DaySum): Promise<boolean> {
  const { meterId } = await ensureMeter(billing);
  const startS = day.getTime() / 1_000;
  const stripe = await sumAtStripe(billing, meterId, sum.customer_id, startS, startS + 86_400, 'day').catch((error: unknown) => {
    if (isMissing(error)) return 0n;
    throw error;
  });
  const ledger = microFromNano(sum.ledger_nano, 0n).micro;
  const isDrift = stripe !== sum.outbox || sum.open > 0n || !isCarried(ledger - sum.outbox - sum.open);
  const row = { ledgerMicro: ledger, outboxMicro: sum.outbox, stripeMicro: stripe, checkedAt: new Date() };
  const key = { orgId: sum.org_id, day };
  await asSystem(async (tx) => {
    await tx.meterReconciliation.upsert({ where: { orgId_day: key }, create: { ...key, ...row }, update: row });
    const targetId = `${sum.org_id}:${day.toISOString().slice(0, 10)}`;
    if (isDrift)
      await raiseAlert(tx, { kind: 'drift', orgId: sum.org_id, targetId, detail: `ledger ${ledger}, delivered ${sum.outbox}, Stripe ${stripe} micro-dollars` });
    else await tx.billingAlert.updateMany({ where: { kind: 'drift', targetId, resolvedAt: null }, data: { resolvedAt: new Date() } });
  });
  return isDrift;
}
