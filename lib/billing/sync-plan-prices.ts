import type Stripe from 'stripe';
import { nano } from '@/lib/kernel/money';
import { asSystem } from '@/lib/store';
import { type Billing, idOf } from './client';
import { CURRENCY, centsFromMoney } from './convert';
import { TAX_BEHAVIOR } from './tax';

interface PricedPlan {
  id: string;
  name: string;
  monthlyNano: bigint;
}

/** Makes Stripe's products and prices match the plans that cost something. Returns how many prices were made. */
export async function syncPlanPrices(billing: Billing): Promise<number> {
  const plans = await asSystem((tx) => tx.plan.findMany({ where: { monthlyNano: { gt: 0 }, currency: 'USD' }, orderBy: { position: 'asc' } }));
  let made = 0;
  for (const plan of plans) if ((await ensurePlanPrice(billing, plan)).made) made += 1;
  return made;
}

/**
 * The Stripe price of a plan as it costs now. The plan's lookup key names the newest price; when the amount changed, a
 * new price takes the key over and the old one stays for those who subscribed to it.
 */
export async function ensurePlanPrice(billing: Billing, plan: PricedPlan): Promise<{ priceId: string; made: boolean }> {
  const cents = centsFromMoney(nano(plan.monthlyNano));
  const found = await findCurrentPrice(billing, plan.id);
  if (found && found.unit_amount === cents && found.currency === CURRENCY && found.recurring?.interval === 'month' && found.recurring.interval_count === 1) {
    await remember(billing, plan.id, found);
    return { priceId: found.id, made: false };
  }
  const version = await nextVersion(billing, plan.id);
  const product = idOf(found?.product) ?? (await createProduct(billing, plan)).id;
  const price = await billing.stripe.prices.create(
    {
      product,
      currency: CURRENCY,
      unit_amount: cents,
      recurring: { interval: 'month' },
      tax_behavior: TAX_BEHAVIOR,
      lookup_key: lookupKey(plan.id),
      transfer_lookup_key: true,
      metadata: { plan_id: plan.id, version: String(version) },
    },
    { idempotencyKey: `price:${plan.id}:${version}:${cents}:${product}` },
  );
  await remember(billing, plan.id, price);
  return { priceId: price.id, made: true };
}

function lookupKey(planId: string): string {
  return `fairlead_plan_${planId}`;
}

async function findCurrentPrice(billing: Billing, planId: string): Promise<Stripe.Price | null> {
  const page = await billing.stripe.prices.list({ lookup_keys: [lookupKey(planId)], active: true, limit: 1 });
  return page.data[0] ?? null;
}

function createProduct(billing: Billing, plan: PricedPlan): Promise<Stripe.Product> {
  return billing.stripe.products.create({ name: plan.name, metadata: { plan_id: plan.id } }, { idempotencyKey: `product:${plan.id}:${plan.name}` });
}

async function nextVersion({ simulated }: Billing, planId: string): Promise<number> {
  const newest = await asSystem((tx) => tx.stripePrice.findFirst({ where: { planId, simulated }, orderBy: { version: 'desc' } }));
  return (newest?.version ?? 0) + 1;
}

/** Writes down which plan a price belongs to: webhooks know plans by this table only. */
async function remember({ simulated }: Billing, planId: string, price: Stripe.Price): Promise<void> {
  await asSystem(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`stripe-price:${planId}`}, 0))`;
    if (await tx.stripePrice.findUnique({ where: { priceId: price.id } })) return;
    const newest = await tx.stripePrice.findFirst({ where: { planId, simulated }, orderBy: { version: 'desc' } });
    await tx.stripePrice.create({ data: { planId, version: (newest?.version ?? 0) + 1, simulated, productId: idOf(price.product) ?? '', priceId: price.id } });
  });
}
