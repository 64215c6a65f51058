import { endAt } from '@/lib/billing';
import { formatUsd, type Money, nano, parseUsd } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import type { Tx } from '@/lib/store';

export interface IncludedCredit {
  orgId: string;
  plan: { name: string; includedCreditNano: bigint };
  owner: { email: string; emailVerifiedAt: Date | null };
  now?: Date;
}

/** The operator's cap, dollars a day; and what was given on the day named with it. */
export const CREDIT_CAP_SETTING = 'includedCreditPerDay';
const GIVEN_SETTING = 'includedCredit.given';
/** Without a word of the operator's. */
export const DEFAULT_CREDIT_CAP = '100.000000';

/**
 * Grants a plan's credit of this month, until the month ends: it belongs to a confirmed person, so more organizations
 * bring no more of it, and a day has only so much of it altogether. What a full day refuses, a later one may grant.
 */
export async function grantIncludedCredit(tx: Tx, { orgId, plan, owner, now = new Date() }: IncludedCredit): Promise<{ granted: boolean; capped: boolean }> {
  if (!owner.emailVerifiedAt || plan.includedCreditNano <= 0n) return { granted: false, capped: false };
  const amount = nano(plan.includedCreditNano);
  // One after another: two grants must not both see the last of the day.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('included-credit', 0))`;
  const day = now.toISOString().slice(0, 10);
  const given = await readGiven(tx, day);
  if (given + amount > (await readCreditCap(tx))) return { granted: false, capped: true };

  const month = day.slice(0, 7);
  const source = { sourceType: 'included', sourceId: `${owner.email}:${month}` };
  const { granted } = await grantCredit(tx, { orgId, fund: 'included', amount, kind: 'grant', ...source, memo: `Included in ${plan.name}, ${month}` });
  if (granted) {
    await endAt(tx, { orgId, fund: 'included', amount, ...source, expiresAt: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)) });
    const value = { day, usd: formatUsd(given + amount) };
    await tx.setting.upsert({ where: { key: GIVEN_SETTING }, create: { key: GIVEN_SETTING, value }, update: { value, updatedAt: now } });
  }
  return { granted, capped: false };
}

/** Nano-dollars of included credit that all organizations together may be given on one day (UTC). */
export async function readCreditCap(tx: Tx): Promise<Money> {
  const row = await tx.setting.findUnique({ where: { key: CREDIT_CAP_SETTING } });
  return parseUsd(typeof row?.value === 'string' ? row.value : DEFAULT_CREDIT_CAP);
}

async function readGiven(tx: Tx, day: string): Promise<bigint> {
  const value = (await tx.setting.findUnique({ where: { key: GIVEN_SETTING } }))?.value as { day?: string; usd?: string } | undefined;
  return value?.day === day && value.usd ? parseUsd(value.usd) : 0n;
}
