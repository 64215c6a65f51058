import type { OrgId } from '@/lib/kernel/ids';
import { type AlertFacts, readPublicUrl, sendMail } from '@/lib/mail';
import { asSystem } from '@/lib/store';

/** Pages where one sees more about an occasion. */
const PAGES: Record<AlertFacts['kind'], string> = {
  test: 'alerts',
  spend: 'usage',
  budget: 'budgets',
  error_rate: 'logs?status=failed',
  latency: 'usage?tab=latency',
  key_expiry: 'keys',
};

export async function pageOf(slug: string, facts: AlertFacts): Promise<string> {
  return `${await readPublicUrl()}/${slug}/${PAGES[facts.kind]}`;
}

/** Tells owners and admins by mail, each in their language. Unconfirmed addresses get none. */
export async function mailAdmins(orgId: OrgId, facts: AlertFacts): Promise<void> {
  const { org, people } = await asSystem(async (tx) => ({
    org: await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { name: true, slug: true } }),
    people: await tx.user.findMany({
      where: { emailVerifiedAt: { not: null }, memberships: { some: { orgId, role: { in: ['owner', 'admin'] } } } },
      select: { email: true, locale: true },
    }),
  }));
  const url = await pageOf(org.slug, facts);
  for (const { email, locale } of people) await sendMail({ to: email, locale, template: 'alert', props: { org: org.name, facts, url } });
}
