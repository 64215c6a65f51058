import { newId } from '@/lib/kernel/ids';
import { readBalance } from '@/lib/ledger';
import { log } from '@/lib/log';
import { asSystem, type Tx } from '@/lib/store';
import type { Billing } from '../client';
import { lockCustomer } from '../lock-customer';
import { readAutomaticTax } from '../tax';
import { type Attempt, chargeCard } from './charge-card';
import { chargeByInvoice } from './charge-by-invoice';
import { findSavedCard } from './saved-card';
import { settleRecharge } from './settle-recharge';

/**
 * Charges every organization that asked for it and whose credit fell below its threshold. One attempt at a time, written
 * down before the card is charged: a crash in the middle finds it again and charges under the same key. Returns how many
 * attempts were made.
 */
export async function runRecharges(billing: Billing, signal?: AbortSignal): Promise<number> {
  const pending = await asSystem((tx) => tx.rechargeAttempt.findMany({ where: { status: 'pending' } }));
  const due = await asSystem((tx) =>
    tx.autoRecharge.findMany({
      where: { enabled: true, pausedReason: null, OR: [{ retryAt: null }, { retryAt: { lte: new Date(billing.now()) } }] },
      select: { orgId: true },
    }),
  );
  let made = 0;
  for (const attempt of pending) {
    await charge(billing, attempt).catch(report(attempt.orgId));
    made += 1;
  }
  for (const { orgId } of due) {
    if (signal?.aborted) break;
    const attempt = await asSystem((tx) => openAttempt(tx, billing, orgId));
    if (!attempt) continue;
    await charge(billing, attempt).catch(report(orgId));
    made += 1;
  }
  return made;
}

const report = (orgId: string) => (error: unknown) => log.warn({ err: error, orgId }, 'an auto-recharge could not be charged and will be tried again');

/** Writes down the next attempt of an organization, or null when none is due: credit is enough, one runs, the month's cap is reached. */
export async function openAttempt(tx: Tx, billing: Billing, orgId: string): Promise<Attempt | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`recharge:${orgId}`}, 0))`;
  const settings = await tx.autoRecharge.findUnique({ where: { orgId } });
  if (!settings?.enabled || settings.pausedReason || (settings.retryAt && settings.retryAt.getTime() > billing.now())) return null;
  const balance = await readBalance(tx, orgId);
  // In the simulator the money that counts is simulated, as that is what a recharge buys.
  const available = billing.simulated ? (balance.funds.find(({ fund }) => fund === 'simulated')?.available ?? 0n) : balance.available;
  if (available >= settings.thresholdNano) return null;
  const attempts = await tx.rechargeAttempt.findMany({ where: { orgId }, orderBy: { cycle: 'desc' }, take: 200 });
  if (attempts.some(({ status }) => status === 'pending')) return null;
  const monthStart = new Date(billing.now());
  monthStart.setUTCDate(1);
  monthStart.setUTCHours(0, 0, 0, 0);
  const thisMonth = attempts
    .filter(({ status, createdAt }) => status === 'succeeded' && createdAt >= monthStart)
    .reduce((sum, { amountNano }) => sum + amountNano, 0n);
  if (thisMonth + settings.amountNano > settings.monthlyCapNano) return null;
  const data = {
    id: newId('top'),
    orgId,
    cycle: (attempts[0]?.cycle ?? 0) + 1,
    amountNano: settings.amountNano,
    taxed: await readAutomaticTax(tx),
    createdAt: new Date(billing.now()),
  };
  await tx.rechargeAttempt.create({ data });
  return data;
}

async function charge(billing: Billing, attempt: Attempt): Promise<void> {
  const org = await asSystem((tx) => tx.organization.findUniqueOrThrow({ where: { id: attempt.orgId } }));
  const customer = org.stripeCustomerId;
  const card = customer ? await findSavedCard(billing, customer) : null;
  if (!customer || !card) return pauseWithoutCard(attempt);
  const outcome = await (attempt.taxed ? chargeByInvoice : chargeCard)(billing, attempt, customer, card);
  await asSystem(async (tx) => {
    await lockCustomer(tx, customer);
    await settleRecharge(tx, billing, attempt.id, outcome);
  });
}

async function pauseWithoutCard(attempt: Attempt): Promise<void> {
  await asSystem(async (tx) => {
    await tx.rechargeAttempt.update({ where: { id: attempt.id }, data: { status: 'declined', error: 'no saved card', settledAt: new Date() } });
    await tx.autoRecharge.updateMany({ where: { orgId: attempt.orgId }, data: { pausedReason: 'no_card', updatedAt: new Date() } });
  });
}
