import { FairleadError } from '@/lib/kernel/errors';
import { newId, type OrgId } from '@/lib/kernel/ids';
import { parseUsd } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import type { Tx } from '@/lib/store';
import { grantIncludedCredit } from './included-credit';
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

  await grantIncludedCredit(tx, { orgId: org.id, plan, owner });
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
