import { beforeEach, describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import { choosePlan } from '@/lib/services/billing/choose-plan';
import { saveAutoRecharge } from '@/lib/services/billing/auto-recharge';
import { asSystem } from '@/lib/store';
import { createBillingBench, ORIGIN } from '@/lib/testing/billing';
import { customerSubscriptionTrialWillEnd } from './events/customer-subscription-trial-will-end';
import { invoicePaid } from './events/invoice-paid';
import { invoicePaymentFailed } from './events/invoice-payment-failed';
import { runRecharges } from './recharge/run-recharges';

const bench = await createBillingBench({ simulated: false });
const { db } = bench;
const sim = () => bench.test.simulator.sim;
const mails = () => db.query<{ to: string; locale: string; subject: string; text: string }>('SELECT "to", locale, subject, text FROM outbox_mail ORDER BY created_at, "to"');

beforeEach(async () => {
  await db.query('TRUNCATE outbox_mail');
  await db.query('DELETE FROM membership');
  await db.query('DELETE FROM app_user');
  const people = [
    ['owner', 'ada', 'en', true],
    ['billing', 'bo', 'zh-CN', true],
    ['developer', 'cy', 'en', true],
    ['owner', 'di', 'en', false],
  ] as const;
  await asSystem(async (tx) => {
    for (const [role, name, locale, isConfirmed] of people) {
      const user = { id: `usr_${name}`, email: `${name}@example.com`, passwordHash: 'x', locale, emailVerifiedAt: isConfirmed ? new Date() : null };
      await tx.user.create({ data: { ...user, memberships: { create: { orgId: bench.org.id, role } } } });
    }
  });
});

async function subscribe(pay: Record<string, string> = {}): Promise<void> {
  const choice = await choosePlan({ ctx: bench.ctx, input: { plan: 'pro', origin: ORIGIN } });
  if (choice.kind !== 'checkout') throw new Error('expected a checkout');
  await bench.control('pay', { session: choice.url.split('/').at(-1) ?? '', ...pay });
  await bench.settle();
}

/** The same signal once more, as another event of the same object. */
async function repeat(handler: typeof invoicePaid, objectId: string): Promise<void> {
  const customerId = await bench.customer();
  await asSystem((tx) => handler({ tx, billing: bench.test.billing, event: { id: 'evt_again', type: 'again', objectId, customerId } }));
}

const lastInvoice = () => Object.values(sim().state.invoices).at(-1)?.id ?? '';

describe('those who pay are told by mail, once per cause, each in their language', () => {
  it('a receipt for a paid invoice; none to others or to unconfirmed addresses', async () => {
    await subscribe();
    await repeat(invoicePaid, lastInvoice());
    const sent = await mails();
    expect(sent.map(({ to, subject }) => [to, subject])).toEqual([
      ['ada@example.com', 'Receipt for $20.00 from Acme'],
      ['bo@example.com', 'Acme 的 $20.00 付款收据'],
    ]);
    expect(sent[0]?.text).toContain('Amount: $20.00');
  });

  it('a payment that failed, with the way to pay it', async () => {
    await subscribe();
    await db.query('TRUNCATE outbox_mail');
    await bench.control('advance', { seconds: String(32 * 86_400), decline: 'true' });
    await bench.settle();
    await repeat(invoicePaymentFailed, lastInvoice());
    const sent = await mails();
    expect(sent.map(({ subject }) => subject)).toEqual(['A payment of Acme failed', 'Acme 有一笔付款失败']);
    expect(sent[0]?.text).toContain('$20.00 could not be charged');
  });

  it('a trial that ends, and nothing once it is over', async () => {
    await db.query(`UPDATE plan SET trial_days = 7, trial_credit_nano = $1 WHERE id = 'pro'`, [parseUsd('2').toString()]);
    try {
      await subscribe({ card: 'none' });
      const subscription = Object.values(sim().state.subscriptions).at(-1)?.id ?? '';
      for (let i = 0; i < 2; i++) await repeat(customerSubscriptionTrialWillEnd, subscription);
      const sent = await mails();
      expect(sent.map(({ to }) => to)).toEqual(['ada@example.com', 'bo@example.com']);
      expect(sent[0]?.subject).toMatch(/^The trial of Pro ends on \d{4}-\d\d-\d\d$/);
      await db.query('TRUNCATE outbox_mail');
      await bench.control('advance', { seconds: String(8 * 86_400) });
      await bench.settle();
      await db.query('TRUNCATE outbox_mail');
      await repeat(customerSubscriptionTrialWillEnd, subscription);
      expect(await mails()).toEqual([]);
    } finally {
      await db.query(`UPDATE plan SET trial_days = 0, trial_credit_nano = 0 WHERE id = 'pro'`);
    }
  });

  it('a recharge that the bank wants confirmed, and the receipt of one that went through', async () => {
    const settings = { enabled: true, thresholdUsd: '5.00', amountUsd: '25.00', monthlyCapUsd: '50.00', origin: ORIGIN };
    const outcome = await saveAutoRecharge({ ctx: bench.ctx, input: settings });
    if (outcome.kind !== 'leave') throw new Error('expected the card page');
    await bench.control('pay', { session: outcome.url.split('/').at(-1) ?? '' });
    await bench.settle();
    await bench.control('decline', { code: 'authentication_required' });
    for (let i = 0; i < 2; i++) await runRecharges(bench.test.billing);
    await bench.settle();
    expect((await mails()).map(({ subject }) => subject)).toEqual(['Acme: your bank asks you to confirm a top-up', 'Acme：银行要求你确认一笔充值']);
    await db.query('TRUNCATE outbox_mail');
    await db.query('UPDATE auto_recharge SET paused_reason = NULL, retry_at = NULL');
    await runRecharges(bench.test.billing);
    await bench.settle();
    expect((await mails()).map(({ subject }) => subject)).toEqual(['Receipt for $25.00 from Acme', 'Acme 的 $25.00 付款收据']);
  });
});
