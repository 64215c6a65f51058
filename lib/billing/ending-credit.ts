import { newId } from '@/lib/kernel/ids';
import { type Money, nano } from '@/lib/kernel/money';
import { expireCredit, type FundClass } from '@/lib/ledger';
import { asSystem, type Tx } from '@/lib/store';

interface EndingCredit {
  orgId: string;
  fund: FundClass;
  amount: Money;
  /** The grant's own source. */
  sourceType: string;
  sourceId: string;
  expiresAt: Date;
}

/** Says when credit that was granted ends. In the transaction of the grant. */
export async function endAt(tx: Tx, credit: EndingCredit): Promise<void> {
  const { orgId, fund, amount, sourceType, sourceId, expiresAt } = credit;
  await tx.creditGrant.upsert({
    where: { sourceType_sourceId: { sourceType, sourceId } },
    create: { id: newId('top'), orgId, fund, amountNano: amount, sourceType, sourceId, expiresAt },
    update: {},
  });
}

/**
 * Takes what is left of credit whose end has come, grant by grant, oldest end first. Credit that ends first is used first,
 * so a grant has left what its fund has left beyond all later grants. Money that running calls hold waits for the next
 * round. Returns how many grants were closed.
 */
export async function expireDueCredit(nowMs: number): Promise<number> {
  const due = await asSystem((tx) => tx.creditGrant.findMany({ where: { closedAt: null, expiresAt: { lte: new Date(nowMs) } }, orderBy: { expiresAt: 'asc' }, take: 500 }));
  let closed = 0;
  for (const grant of due) if (await asSystem((tx) => expireGrant(tx, grant.id))) closed += 1;
  return closed;
}

async function expireGrant(tx: Tx, id: string): Promise<boolean> {
  const grant = await tx.creditGrant.findUniqueOrThrow({ where: { id } });
  if (grant.closedAt) return false;
  const [account] = await tx.$queryRaw<{ left: bigint; held: bigint }[]>`
    SELECT limit_nano - spent_nano AS left, held_nano AS held FROM account WHERE id = ${`${grant.orgId}/fund/${grant.fund}`} FOR UPDATE`;
  const later = await laterCredit(tx, grant);
  const left = smaller((account?.left ?? 0n) - later, grant.amountNano - grant.expiredNano);
  if (left <= 0n) {
    await tx.creditGrant.update({ where: { id }, data: { closedAt: new Date() } });
    return true;
  }
  const taken = await expireCredit(tx, {
    orgId: grant.orgId,
    fund: grant.fund as FundClass,
    amount: nano(left),
    sourceType: 'credit_expiry',
    sourceId: `${grant.id}:${grant.expiredNano}`,
    memo: 'Credit ended',
  });
  const isDone = taken >= left;
  await tx.creditGrant.update({ where: { id }, data: { expiredNano: grant.expiredNano + taken, closedAt: isDone ? new Date() : null } });
  return isDone;
}

/** What the fund got that ends later or never: all credit there less the grants that end no later than this one. */
async function laterCredit(tx: Tx, grant: { id: string; orgId: string; fund: string; expiresAt: Date }): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ later: bigint }[]>`
    SELECT greatest(coalesce((
        SELECT sum(CASE WHEN credit_account = ${`${grant.orgId}/fund/${grant.fund}`} THEN amount_nano ELSE -amount_nano END) FROM ledger_entry
        WHERE org_id = ${grant.orgId} AND fund = ${grant.fund} AND kind NOT IN ('charge', 'expiry')
      ), 0) - coalesce((
        SELECT sum(amount_nano) FROM credit_grant WHERE org_id = ${grant.orgId} AND fund = ${grant.fund} AND (expires_at, id) <= (${grant.expiresAt}, ${grant.id})
      ), 0), 0)::bigint AS later`;
  return row?.later ?? 0n;
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
