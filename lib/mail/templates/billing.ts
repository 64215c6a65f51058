import type { MailContent, Translate } from '../mail-content';

/** What happened to an organization's money. Amounts as decimal dollars with two decimals, times as ISO 8601. */
export type BillingFacts =
  | { kind: 'payment_failed'; usd: string; invoice: string }
  | { kind: 'recharge_authentication'; usd: string }
  | { kind: 'recharge_invoice'; usd: string }
  | { kind: 'payment_missing'; usd: string }
  | { kind: 'trial_ending'; plan: string; endsAt: string }
  | { kind: 'receipt'; usd: string; paidAt: string; number: string };

export interface BillingProps {
  org: string;
  facts: BillingFacts;
  /** Where the reader pays, confirms, or sees the receipt. */
  url: string;
}

export function billing(t: Translate, { org, facts, url }: BillingProps): MailContent {
  const values = { org, ...valuesOf(facts) };
  const receipt =
    facts.kind === 'receipt'
      ? [
          [t('billing.receipt.amount'), `$${facts.usd}`],
          [t('billing.receipt.date'), facts.paidAt.slice(0, 10)],
          [t('billing.receipt.number'), facts.number],
        ] as const
      : undefined;
  return {
    subject: t(`billing.${facts.kind}.subject`, values),
    heading: t(`billing.${facts.kind}.heading`, values),
    paragraphs: [t(`billing.${facts.kind}.body`, values)],
    facts: receipt,
    action: { label: t(`billing.${facts.kind}.action`), url },
    footnote: t('billing.footnote', { org }),
  };
}

function valuesOf(facts: BillingFacts): Record<string, string> {
  switch (facts.kind) {
    case 'payment_failed':
      return { amount: `$${facts.usd}`, invoice: facts.invoice };
    case 'recharge_authentication':
    case 'recharge_invoice':
    case 'payment_missing':
    case 'receipt':
      return { amount: `$${facts.usd}` };
    case 'trial_ending':
      return { plan: facts.plan, date: facts.endsAt.slice(0, 10) };
  }
}
