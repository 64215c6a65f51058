import { z } from 'zod';
import { currentBilling, idOf, isMissing, moneyFromCents } from '@/lib/billing';
import { formatUsd } from '@/lib/kernel/money';
import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export const ReadInvoiceInput = z.object({ id: z.string().regex(/^in_\w{1,200}$/) });

export interface InvoiceLine {
  id: string;
  description: string;
  amountUsd: string;
  from: string;
  to: string;
  /** Usage beyond credit: the requests behind it are listed. */
  isUsage: boolean;
}

export interface InvoiceDetail {
  number: string | null;
  status: string;
  at: string;
  /** Of all lines together, on top of them; null where no tax was worked out. */
  taxUsd: string | null;
  totalUsd: string;
  hostedUrl: string | null;
  pdfUrl: string | null;
  lines: InvoiceLine[];
  /** The requests that the usage lines bill, dearest first, and how many there are. */
  requests: { id: string; at: string; amountUsd: string }[];
  requestCount: number;
}

const SHOWN = 100;

/** One invoice of the organization with what its lines are made of. Null: not this organization's, or not there. */
export async function readInvoice({ ctx, input }: { ctx: Ctx; input: z.input<typeof ReadInvoiceInput> }): Promise<InvoiceDetail | null> {
  requireRight(ctx, 'billing:read');
  const parsed = ReadInvoiceInput.safeParse(input);
  const billing = currentBilling();
  if (!parsed.success || !billing) return null;
  const { stripeCustomerId: customer } = await withOrg(ctx.orgId, (tx) => tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId } }));
  const invoice = await billing.stripe.invoices.retrieve(parsed.data.id).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (!invoice || !customer || idOf(invoice.customer) !== customer) return null;
  const meter = await withOrg(ctx.orgId, (tx) => tx.stripeMeter.findUnique({ where: { simulated: billing.simulated } }));
  const lines = invoice.lines.data.map((line) => ({
    id: line.id,
    description: line.description ?? '',
    amountUsd: formatUsd(moneyFromCents(line.amount), 2),
    from: new Date(line.period.start * 1_000).toISOString(),
    to: new Date(line.period.end * 1_000).toISOString(),
    isUsage: meter !== null && idOf(line.pricing?.price_details?.price) === meter.priceId,
  }));
  const tax = (invoice.total_taxes ?? []).reduce((sum, each) => sum + (each.tax_behavior === 'exclusive' ? each.amount : 0), 0);
  const usage = lines.find(({ isUsage }) => isUsage);
  return {
    number: invoice.number,
    status: invoice.status ?? 'draft',
    at: new Date(invoice.created * 1_000).toISOString(),
    taxUsd: tax > 0 ? formatUsd(moneyFromCents(tax), 2) : null,
    totalUsd: formatUsd(moneyFromCents(invoice.total), 2),
    hostedUrl: invoice.hosted_invoice_url ?? null,
    pdfUrl: invoice.invoice_pdf ?? null,
    lines,
    ...(usage ? await requestsBehind(ctx, usage) : { requests: [], requestCount: 0 }),
  };
}

/** Exactly the requests whose charges went to Stripe for that stretch: by the rows that were sent, not by a guess at times. */
async function requestsBehind(ctx: Ctx, { from, to }: InvoiceLine): Promise<Pick<InvoiceDetail, 'requests' | 'requestCount'>> {
  return withOrg(ctx.orgId, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; at: Date; amount: bigint; all: bigint }[]>`
      SELECT e.source_id AS id, min(e.created_at) AS at, sum(e.amount_nano)::bigint AS amount, count(*) OVER () AS all
      FROM meter_outbox o JOIN meter_item i ON i.outbox_id = o.id JOIN ledger_entry e ON e.id = i.entry_id
      WHERE o.org_id = ${ctx.orgId} AND o.minute >= ${new Date(from)}::timestamptz AND o.minute < ${new Date(to)}::timestamptz AND e.source_type = 'request'
      GROUP BY e.source_id ORDER BY amount DESC, e.source_id LIMIT ${SHOWN}`;
    return { requests: rows.map(({ id, at, amount }) => ({ id, at: at.toISOString(), amountUsd: formatUsd(amount) })), requestCount: Number(rows[0]?.all ?? 0) };
  });
}
