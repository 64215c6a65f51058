import { describe, expect, it } from 'vitest';
import { reconcileUsage, sealUsage, sendUsage } from '@/lib/billing';
import { seedOrg } from '@/lib/billing/test-billing';
import { parseUsd } from '@/lib/kernel/money';
import type { OperatorCtx } from '@/lib/services/context';
import { readBillingReport, refundPayment } from '@/lib/services/operator/billing/billing-report';
import { createBillingBench } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';
import { listInvoices } from './list-invoices';
import { readHistory } from './read-history';
import { readInvoice } from './read-invoice';

const HOUR_S = 3_600;
const bench = await createBillingBench({ simulated: false });
const { db } = bench;
const { subscribe, buyCredit, spend } = billingActs(bench);
const sim = () => bench.test.simulator.sim;
const operator: OperatorCtx = { actor: { type: 'system', label: 'test' }, operator: true };
const report = () => readBillingReport({ ctx: operator, mode: 'live' });

describe('an invoice', () => {
  it('leads from its usage line to exactly the requests behind it, and is nobody else’s to read', async () => {
    await db.query(`UPDATE plan SET overage_limit_nano = $1 WHERE id = 'pro'`, [parseUsd('50').toString()]);
    await subscribe();
    await bench.settle();
    // The period ends in a minute.
    const end = sim().nowS() + 60;
    for (const item of Object.values(sim().state.subscriptions)[0]?.items.data ?? []) Object.assign(item, { current_period_start: end - 30 * 24 * HOUR_S, current_period_end: end });
    await db.query(`UPDATE subscription SET created_at = now() - interval '30 days', current_period_start = $1`, [new Date((end - 30 * 24 * HOUR_S) * 1_000)]);
    for (const usd of ['0.50', '2.25', '0.75']) await spend('overage', parseUsd(usd), new Date(Date.now() - HOUR_S * 1_000));
    await spend('included', parseUsd('1'));
    await sealUsage(bench.test.billing);
    await sendUsage(bench.test.billing);
    for (const seconds of [120, 2 * HOUR_S]) await bench.control('advance', { seconds: String(seconds) });
    await bench.settle();
    const [newest] = (await listInvoices({ ctx: bench.ctx })) ?? [];
    const invoice = await readInvoice({ ctx: bench.ctx, input: { id: newest?.id ?? '' } });
    expect(invoice).toMatchObject({ totalUsd: '23.50', taxUsd: null, status: 'paid', requestCount: 3 });
    expect(invoice?.lines.filter(({ isUsage }) => isUsage).map(({ amountUsd }) => amountUsd)).toEqual(['3.50']);
    expect(invoice?.requests.map(({ amountUsd }) => Number(amountUsd))).toEqual([2.25, 0.75, 0.5]);
    const other = await seedOrg('Other');
    expect(await readInvoice({ ctx: { ...bench.ctx, orgId: other.id as never }, input: { id: newest?.id ?? '' } })).toBeNull();
    await reconcileUsage(bench.test.billing, Date.now() + 3 * HOUR_S * 1_000);
    expect((await report()).reconciliation).toMatchObject([{ ledgerUsd: '3.500000', sentUsd: '3.500000', stripeUsd: '3.500000', isEven: true }]);
  });

  it('shows the tax that came on top', async () => {
    await db.query(`INSERT INTO setting (key, value) VALUES ('automaticTax', 'true') ON CONFLICT (key) DO UPDATE SET value = 'true'`);
    try {
      await bench.control('tax', { percent: '20' });
      await subscribe();
      await bench.settle();
    } finally {
      await db.query(`DELETE FROM setting WHERE key = 'automaticTax'`);
    }
    const [newest] = (await listInvoices({ ctx: bench.ctx })) ?? [];
    expect(await readInvoice({ ctx: bench.ctx, input: { id: newest?.id ?? '' } })).toMatchObject({ taxUsd: '4.00', totalUsd: '24.00', hostedUrl: newest?.url });
    expect(await bench.left('included')).toBe(parseUsd('25'));
  });
});

describe('balance history', () => {
  it('says what each movement was, with the receipt of a payment; a refund that an operator makes twice by a double click is one', async () => {
    await buyCredit('10.00');
    await bench.settle();
    const [payment] = (await report()).payments;
    const input = { payment: payment?.id ?? '', usd: '4.00', nonce: 'one-opening' };
    await Promise.all([1, 2].map(() => refundPayment({ ctx: operator, input })));
    await bench.settle();
    expect(await readHistory({ ctx: bench.ctx })).toMatchObject([
      { source: 'stripe_refund', amountUsd: '-4.00', balanceUsd: '6.00', receiptUrl: null },
      { source: 'stripe_payment', amountUsd: '10.00', balanceUsd: '10.00', memo: null, receiptUrl: expect.stringContaining('/receipt/ch_') },
    ]);
    expect(Object.values(sim().state.refunds)).toHaveLength(1);
    expect((await report()).payments).toMatchObject([{ amountUsd: '10.00', refundedUsd: '4.00', disputed: false }]);
  });
});
