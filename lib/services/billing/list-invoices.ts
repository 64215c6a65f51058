import { currentBilling, isMissing, moneyFromCents } from '@/lib/billing';
import { formatUsd } from '@/lib/kernel/money';
import { log } from '@/lib/log';
import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export interface InvoiceRow {
  id: string;
  number: string | null;
  at: string;
  totalUsd: string;
  /** draft, open, paid, uncollectible, void. */
  status: string;
  /** Stripe's own page of the invoice, where there is one. */
  url: string | null;
}

const SHOWN = 24;

/** The organization's newest invoices as Stripe has them, or null while Stripe cannot be asked. */
export async function listInvoices({ ctx }: { ctx: Ctx }): Promise<InvoiceRow[] | null> {
  requireRight(ctx, 'billing:read');
  const billing = currentBilling();
  const { stripeCustomerId: customer } = await withOrg(ctx.orgId, (tx) =>
    tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { stripeCustomerId: true } }),
  );
  if (!billing || !customer) return [];
  try {
    const { data } = await billing.stripe.invoices.list({ customer, limit: SHOWN });
    return data.map((invoice) => ({
      id: invoice.id ?? '',
      number: invoice.number,
      at: new Date(invoice.created * 1_000).toISOString(),
      totalUsd: formatUsd(moneyFromCents(invoice.total), 2),
      status: invoice.status ?? 'draft',
      url: invoice.hosted_invoice_url ?? null,
    }));
  } catch (error) {
    if (isMissing(error)) return [];
    log.warn({ err: error, orgId: ctx.orgId }, 'invoices could not be read from Stripe');
    return null;
  }
}
