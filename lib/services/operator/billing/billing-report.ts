import { z } from 'zod';
import { centsFromMoney, currentBilling, isCarried, moneyFromCents, moneyFromMicro, reconcileUsage, settleRefunds } from '@/lib/billing';
import { FairleadError } from '@/lib/kernel/errors';
import { formatUsd, parseUsd } from '@/lib/kernel/money';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export interface BillingReport {
  mode: 'live' | 'simulator' | 'off';
  alerts: { id: string; org: string | null; kind: string; targetId: string; detail: string; at: string }[];
  troubled: { org: string; slug: string; state: string; since: string; graceUntil: string | null }[];
  payments: { id: string; org: string; purpose: string; amountUsd: string; refundedUsd: string; disputed: boolean; at: string }[];
  reconciliation: { org: string; day: string; ledgerUsd: string; sentUsd: string; stripeUsd: string; isEven: boolean }[];
  outbox: Record<string, number>;
  codes: { id: string; last4: string; amountUsd: string; uses: number; maxUses: number; expiresAt: string | null; note: string; disabled: boolean }[];
}

/** Everything about money that an operator looks at: what needs a hand, who is in trouble, payments, and whether three counts agree. */
export async function readBillingReport({ mode }: { ctx: OperatorCtx; mode: BillingReport['mode'] }): Promise<BillingReport> {
  return asSystem(async (tx) => {
    const [alerts, troubled, payments, reconciliation, outbox, codes] = [
      await tx.billingAlert.findMany({ where: { resolvedAt: null }, orderBy: { createdAt: 'desc' }, take: 100 }),
      await tx.billingAccount.findMany({ where: { state: { in: ['grace', 'restricted', 'suspended'] } }, orderBy: { stateSince: 'desc' }, take: 100 }),
      await tx.stripePayment.findMany({ orderBy: { createdAt: 'desc' }, take: 50 }),
      await tx.meterReconciliation.findMany({ orderBy: [{ day: 'desc' }, { orgId: 'asc' }], take: 60 }),
      await tx.meterOutbox.groupBy({ by: ['status'], _count: { _all: true } }),
      await tx.redemptionCode.findMany({ orderBy: { createdAt: 'desc' }, take: 50 }),
    ];
    const ids = [...alerts, ...troubled, ...payments, ...reconciliation].flatMap(({ orgId }) => orgId ?? []);
    const orgs = new Map((await tx.organization.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true, slug: true } })).map((org) => [org.id, org]));
    const nameOf = (id: string | null) => (id ? (orgs.get(id)?.name ?? id) : null);
    return {
      mode,
      alerts: alerts.map((row) => ({ id: row.id, org: nameOf(row.orgId), kind: row.kind, targetId: row.targetId, detail: row.detail, at: row.createdAt.toISOString() })),
      troubled: troubled.map((row) => ({ org: nameOf(row.orgId) ?? '', slug: orgs.get(row.orgId)?.slug ?? '', state: row.state, since: row.stateSince.toISOString(), graceUntil: row.graceUntil?.toISOString() ?? null })),
      payments: payments.map((row) => ({
        id: row.id,
        org: nameOf(row.orgId) ?? '',
        purpose: row.purpose,
        amountUsd: formatUsd(moneyFromCents(row.amountCents), 2),
        refundedUsd: formatUsd(moneyFromCents(row.refundedCents), 2),
        disputed: row.disputed,
        at: row.createdAt.toISOString(),
      })),
      reconciliation: reconciliation.map((row) => ({
        org: nameOf(row.orgId) ?? '',
        day: row.day.toISOString().slice(0, 10),
        ledgerUsd: formatUsd(moneyFromMicro(row.ledgerMicro)),
        sentUsd: formatUsd(moneyFromMicro(row.outboxMicro)),
        stripeUsd: formatUsd(moneyFromMicro(row.stripeMicro)),
        isEven: row.outboxMicro === row.stripeMicro && isCarried(row.ledgerMicro - row.outboxMicro),
      })),
      outbox: Object.fromEntries(outbox.map((each) => [each.status, each._count._all])),
      codes: codes.map((row) => ({ id: row.id, last4: row.last4, amountUsd: formatUsd(row.amountNano, 2), uses: row.uses, maxUses: row.maxUses, expiresAt: row.expiresAt?.toISOString() ?? null, note: row.note, disabled: row.disabledAt !== null })),
    };
  });
}

export const RefundPaymentInput = z.object({ payment: z.string().min(1).max(200), usd: z.string().trim().regex(/^\d{1,6}(\.\d{1,2})?$/, 'must be a dollar amount').optional(), nonce: z.string().min(8).max(80) });

/** Refunds a payment in whole or in part at Stripe; its credit is taken back at once. The nonce of the form makes a double click one refund. */
export async function refundPayment({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof RefundPaymentInput> }): Promise<{ id: string }> {
  const billing = currentBilling();
  if (!billing) throw new FairleadError('billing_off');
  const payment = await asSystem((tx) => tx.stripePayment.findUnique({ where: { id: input.payment } }));
  if (!payment) throw new FairleadError('not_found', 'There is no such payment.');
  const amount = input.usd ? { amount: centsFromMoney(parseUsd(input.usd)) } : {};
  const refund = await billing.stripe.refunds
    .create({ payment_intent: payment.id, reason: 'requested_by_customer', ...amount }, { idempotencyKey: `refund:${payment.id}:${input.nonce}` })
    .catch((error: unknown) => {
      throw new FairleadError('invalid_request', error instanceof Error ? error.message : 'Stripe refused the refund.', { param: 'usd', internal: error });
    });
  await asSystem(async (tx) => {
    await settleRefunds(tx, billing, payment.id);
    await recordAudit(tx, { ...ctx, orgId: payment.orgId } as OperatorCtx, { action: 'payment.refund', targetType: 'payment', targetId: payment.id, after: { refund: refund.id, cents: refund.amount } });
  });
  return { id: refund.id };
}

export const ResolveAlertInput = z.object({ id: z.string().min(1).max(100) });

export async function resolveAlert({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof ResolveAlertInput> }): Promise<{ id: string }> {
  await asSystem(async (tx) => {
    await tx.billingAlert.update({ where: { id: input.id }, data: { resolvedAt: new Date() } });
    await recordAudit(tx, ctx, { action: 'billing_alert.resolve', targetType: 'billing_alert', targetId: input.id });
  });
  return { id: input.id };
}

export const ReconcileInput = z.object({});

/** Compares ledger, outbox and Stripe now instead of tonight. */
export async function reconcileNow({ ctx }: { ctx: OperatorCtx; input: z.output<typeof ReconcileInput> }): Promise<{ drifts: number }> {
  const billing = currentBilling();
  if (!billing) throw new FairleadError('billing_off');
  const drifts = await reconcileUsage(billing);
  await asSystem((tx) => recordAudit(tx, ctx, { action: 'billing.reconcile', targetType: 'installation', after: { drifts } }));
  return { drifts };
}
