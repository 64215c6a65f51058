import { describe, expect, it } from 'vitest';
import { createBillingBench } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';
import { sealUsage } from './metering/seal-usage';
import { sendUsage } from './metering/send-usage';

const bench = await createBillingBench({ simulated: false });
const { db } = bench;
const { subscribe, spend } = billingActs(bench);
const outbox = () => db.query<{ status: string; identifier: string }>('SELECT status, identifier FROM meter_outbox ORDER BY minute');
const alerts = async () => (await db.query<{ kind: string }>('SELECT kind FROM billing_alert ORDER BY kind')).map(({ kind }) => kind);

/** Two rows of usage that Stripe accepted. */
async function sendTwo(): Promise<string> {
  await db.query(`UPDATE plan SET overage_limit_nano = 50000000000 WHERE id = 'pro'`);
  await subscribe();
  await bench.settle();
  await db.query(`UPDATE subscription SET created_at = now() - interval '2 hours', current_period_start = now() - interval '2 hours'`);
  for (const minutes of [40, 30]) await spend('overage', 1_000_000_000n, new Date(Date.now() - minutes * 60_000));
  await sealUsage(bench.test.billing);
  await sendUsage(bench.test.billing);
  return (await outbox())[0]?.identifier ?? '';
}

describe('usage that Stripe accepted and then did not count', () => {
  it('case 28: is refused by a thin event that names it, and nobody else’s with it; told twice it is refused once', async () => {
    const identifier = await sendTwo();
    await bench.control('meter-error', { identifier });
    await bench.settle();
    expect((await outbox()).map(({ status }) => status)).toEqual(['rejected', 'sent']);
    expect(await alerts()).toEqual(['deleted_customer', 'meter_rejected']);
    await db.query(`UPDATE stripe_event SET status = 'queued' WHERE type LIKE 'v1.%'`);
    await bench.settle();
    expect(await alerts()).toEqual(['deleted_customer', 'meter_rejected']);
  });

  it('for want of a meter is refused the same way', async () => {
    const identifier = await sendTwo();
    await bench.control('meter-error', { identifier, code: 'no_meter' });
    await bench.settle();
    expect((await outbox()).map(({ status }) => status)).toEqual(['rejected', 'sent']);
    expect(await alerts()).toEqual(['meter_rejected']);
  });
});
