import { FairleadError } from '@/lib/kernel/errors';
import { newId, type OrgId } from '@/lib/kernel/ids';
import { nano, parseUsd } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import type { Tx } from '@/lib/store';
import { findFreeSlug } from './slug';

/** What demo models may cost an organization altogether. */
const DEMO_CREDIT = parseUsd('5.00');

export interface Founding {
  name: string;
  owner: { id: string; email: string; emailVerifiedAt: Date | null };
  /** Absent: the installation's default plan. */
  planId?: string;
}

export interface FoundedOrg {
  id: OrgId;
  slug: string;
  name: string;
  planId: string;
}

/** Creates an organization with its owner and its first credit, in the caller's transaction. */
export async function foundOrg(tx: Tx, { name, owner, planId }: Founding): Promise<FoundedOrg> {
  const plan = await tx.plan.findUnique({ where: { id: planId ?? (await readDefaultPlan(tx)) } });
  if (!plan) throw new FairleadError('invalid_request', `There is no plan ${JSON.stringify(planId ?? 'of the setting defaultPlan')}.`, { param: 'plan' });
  const org = { id: newId('org'), slug: await findFreeSlug(tx, name), name, planId: plan.id };
  await tx.organization.create({ data: org });
  await tx.membership.create({ data: { orgId: org.id, userId: owner.id, role: 'owner' } });

  // Included credit belongs to a verified person once a month, so more organizations bring no more of it.
  if (owner.emailVerifiedAt && plan.includedCreditNano > 0n) {
    const month = new Date().toISOString().slice(0, 7);
    await grantCredit(tx, {
      orgId: org.id,
      fund: 'included',
      amount: nano(plan.includedCreditNano),
      kind: 'grant',
      sourceType: 'included',
      sourceId: `${owner.email}:${month}`,
      memo: `Included in ${plan.name}, ${month}`,
    });
  }
  await grantCredit(tx, {
    orgId: org.id,
    fund: 'demo',
    amount: DEMO_CREDIT,
    kind: 'grant',
    sourceType: 'demo_grant',
    sourceId: org.id,
    memo: 'For demo models only',
  });
  return org;
}

async function readDefaultPlan(tx: Tx): Promise<string> {
  const setting = await tx.setting.findUnique({ where: { key: 'defaultPlan' } });
  return typeof setting?.value === 'string' ? setting.value : 'free';
}
