import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import { asSystem, type Tx } from '@/lib/store';
import type { Billing } from '../client';
import { microFromNano } from '../convert';
import { freeMinute, MINUTE_MS, minuteOf } from './free-minute';

/** How long a charge may still be on its way into the ledger before its minute is closed. */
const SETTLE_MS = 90_000;
/** Stripe leaves an invoice open for an hour after its period; later usage belongs to the next one. */
const LATE_USAGE_MS = 55 * MINUTE_MS;
const MOST_ENTRIES = 20_000;

interface Metered {
  orgId: string;
  customerId: string;
  since: Date;
  periodStart: Date | null;
  until: Date | null;
}

interface Entry {
  id: string;
  amount_nano: bigint;
  created_at: Date;
}

/**
 * Turns what organizations owe by the ledger into outbox rows: for each customer and minute at most one, whose amount never
 * changes. Every ledger entry goes into one row once. Returns how many rows were made.
 */
export async function sealUsage(billing: Billing, options: { settleMs?: number } = {}): Promise<number> {
  const subscriptions = await asSystem((tx) => listMetered(tx, billing));
  let made = 0;
  for (const subscription of subscriptions) {
    try {
      made += await asSystem((tx) => sealOrg(tx, billing, subscription, options.settleMs ?? SETTLE_MS));
    } catch (error) {
      // One organization's trouble is no reason to leave the others' usage behind.
      log.error({ err: error, orgId: subscription.orgId }, 'usage could not be sealed and will be tried again');
    }
  }
  return made;
}

/** Subscriptions with our metered item that run, or ended within a day. */
async function listMetered(tx: Tx, { simulated }: Billing): Promise<Metered[]> {
  const rows = await tx.subscription.findMany({
    where: { simulated, meteredItemId: { not: null }, OR: [{ endedAt: null }, { endedAt: { gt: new Date(Date.now() - 86_400_000) } }] },
    orderBy: { createdAt: 'asc' },
  });
  const orgs = await tx.organization.findMany({ where: { id: { in: rows.map(({ orgId }) => orgId) } }, select: { id: true, stripeCustomerId: true } });
  const customers = new Map(orgs.map(({ id, stripeCustomerId }) => [id, stripeCustomerId]));
  return rows.flatMap((row) => {
    const customerId = customers.get(row.orgId);
    // Stripe's periods begin on whole seconds, and so do the rows that carry their remainders.
    const periodStart = row.currentPeriodStart && new Date(Math.floor(row.currentPeriodStart.getTime() / 1_000) * 1_000);
    return customerId ? [{ orgId: row.orgId, customerId, since: row.createdAt, periodStart, until: row.endedAt }] : [];
  });
}

async function sealOrg(tx: Tx, billing: Billing, metered: Metered, settleMs: number): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`meter:${metered.orgId}`}, 0))`;
  const entries = await tx.$queryRaw<Entry[]>`
    SELECT e.id, e.amount_nano, e.created_at FROM ledger_entry e LEFT JOIN meter_item m ON m.entry_id = e.id
    WHERE e.org_id = ${metered.orgId} AND e.kind = 'charge' AND e.fund IN ('overage', 'postpaid') AND m.entry_id IS NULL
      AND e.created_at >= ${metered.since}::timestamptz AND e.created_at < ${metered.until ?? new Date(8.64e14)}::timestamptz
      AND e.created_at <= now() - make_interval(secs => ${settleMs / 1_000})
    ORDER BY e.created_at, e.id LIMIT ${MOST_ENTRIES}`;
  let made = 0;
  for (const group of byMinute(entries, metered.periodStart)) if (await sealGroup(tx, billing, metered, group)) made += 1;
  return made;
}

interface Group {
  minuteMs: number;
  entries: Entry[];
}

/** Entries by the minute they were charged in; what came too late for its period's invoice goes to the start of the next. */
function byMinute(entries: readonly Entry[], periodStart: Date | null): Group[] {
  const groups = new Map<number, Entry[]>();
  const startMs = periodStart?.getTime() ?? 0;
  const isTooLate = Date.now() > startMs + LATE_USAGE_MS;
  for (const entry of entries) {
    const ownMs = minuteOf(entry.created_at.getTime());
    // A period may begin within a minute: what came after belongs to its next whole minute, not to the invoice before.
    const isOfThePeriod = entry.created_at.getTime() >= startMs || isTooLate;
    const minuteMs = ownMs < startMs && isOfThePeriod ? minuteOf(startMs + MINUTE_MS - 1) : ownMs;
    groups.set(minuteMs, [...(groups.get(minuteMs) ?? []), entry]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([minuteMs, list]) => ({ minuteMs, entries: list }));
}

async function sealGroup(tx: Tx, { simulated }: Billing, { orgId, customerId, periodStart }: Metered, { minuteMs, entries }: Group): Promise<boolean> {
  const start = periodStart && minuteMs >= periodStart.getTime() ? periodStart : new Date(0);
  const carry = await tx.meterCarry.findUnique({ where: { orgId_periodStart: { orgId, periodStart: start } } });
  const sum = entries.reduce((total, { amount_nano: amount }) => total + amount, 0n);
  const { micro, remainder } = microFromNano(sum, carry?.remainderNano ?? 0n);
  // Less than one unit: it waits for more.
  if (micro === 0n) return false;
  const minute = await freeMinute(tx, customerId, minuteMs, start.getTime());
  const id = newId('top');
  await tx.meterOutbox.create({ data: { id, orgId, customerId, minute, microUsd: micro, identifier: `mo1_${id}`, simulated } });
  await tx.$executeRaw`INSERT INTO meter_item (entry_id, org_id, outbox_id) SELECT unnest(${entries.map((entry) => entry.id)}::text[]), ${orgId}, ${id}`;
  await tx.meterCarry.upsert({
    where: { orgId_periodStart: { orgId, periodStart: start } },
    create: { orgId, periodStart: start, remainderNano: remainder },
    update: { remainderNano: remainder },
  });
  return true;
}
