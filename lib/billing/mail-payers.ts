import { type BillingFacts, queueMail, readPublicUrl } from '@/lib/mail';
import type { Tx } from '@/lib/store';
import type { Billing } from './client';

/** Who looks after an organization's payments. */
const PAYERS = ['owner', 'billing'];

/**
 * Tells those who pay for an organization, each in their language and once for a cause (an invoice, a recharge, a trial).
 * Unconfirmed addresses get none. Simulated money is nobody's: nothing was paid or owed, so nothing is mailed. `url`
 * null: the billing page.
 */
export async function mailPayers(tx: Tx, billing: Billing, mail: { orgId: string; facts: BillingFacts; cause: string; url?: string | null }): Promise<void> {
  if (billing.simulated) return;
  const org = await tx.organization.findUniqueOrThrow({ where: { id: mail.orgId }, select: { name: true, slug: true } });
  const people = await tx.user.findMany({
    where: { emailVerifiedAt: { not: null }, memberships: { some: { orgId: mail.orgId, role: { in: PAYERS } } } },
    select: { email: true, locale: true },
  });
  const url = mail.url ?? `${await readPublicUrl()}/${org.slug}/settings/billing`;
  for (const { email, locale } of people) await queueMail(tx, { to: email, locale, template: 'billing', props: { org: org.name, facts: mail.facts, url } }, `${mail.facts.kind}:${mail.cause}`);
}
