import { asSystem } from '@/lib/store';
import { grantIncludedCredit } from './included-credit';

/** Grants of one run; the rest waits for the next. */
const A_RUN = 500;

/**
 * Gives the included credit of this month to whoever has not had it yet: organizations without a subscription of their own
 * (which brings its credit with each period), by their first confirmed owner. Stops where the day's cap is reached. Returns
 * how many were granted.
 */
export async function grantMonthlyCredit(now = new Date()): Promise<number> {
  const month = now.toISOString().slice(0, 7);
  const due = await asSystem(
    (tx) => tx.$queryRaw<{ org_id: string; name: string; credit: bigint; email: string; verified_at: Date }[]>`
      SELECT DISTINCT ON (u.email) o.id AS org_id, p.name, p.included_credit_nano AS credit, u.email, u.email_verified_at AS verified_at
      FROM organization o JOIN plan p ON p.id = o.plan_id
      JOIN membership m ON m.org_id = o.id AND m.role = 'owner' JOIN app_user u ON u.id = m.user_id
      WHERE p.included_credit_nano > 0 AND u.email_verified_at IS NOT NULL AND o.suspended_at IS NULL
        AND NOT EXISTS (SELECT FROM subscription s WHERE s.org_id = o.id AND s.status IN ('active', 'trialing', 'past_due'))
        AND NOT EXISTS (SELECT FROM ledger_entry e WHERE e.source_type = 'included' AND e.source_id = u.email || ':' || ${month} AND e.leg = 0)
      ORDER BY u.email, m.created_at LIMIT ${A_RUN}`,
  );
  let granted = 0;
  for (const { org_id: orgId, name, credit, email, verified_at } of due) {
    const given = await asSystem((tx) => grantIncludedCredit(tx, { orgId, plan: { name, includedCreditNano: credit }, owner: { email, emailVerifiedAt: verified_at }, now }));
    if (given.capped) break;
    if (given.granted) granted += 1;
  }
  return granted;
}
