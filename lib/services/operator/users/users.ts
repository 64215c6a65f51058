import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { legalTextsOf } from '@/lib/services/accounts/legal-acceptance';
import { readBrandingIn } from '@/lib/services/branding/branding';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { noteTwoFactor } from '@/lib/services/accounts/two-factor/note';
import { asSystem } from '@/lib/store';

export const ListUsersInput = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

export interface UserRow {
  id: string;
  email: string;
  name: string | null;
  verified: boolean;
  isOperator: boolean;
  twoFactor: boolean;
  createdAt: string;
  /** The version of the operator's terms that was accepted last, when, and whether it is the one in force. */
  legal: { version: string; at: string; isCurrent: boolean } | null;
  orgs: { slug: string; name: string; role: string }[];
}

const PER_PAGE = 50;

/** Accounts, newest first. */
export async function listUsers({
  input,
}: {
  ctx: OperatorCtx;
  input: z.output<typeof ListUsersInput>;
}): Promise<{ data: UserRow[]; total: number; pages: number }> {
  const where = input.q
    ? { OR: [{ email: { contains: input.q.toLowerCase() } }, { name: { contains: input.q, mode: 'insensitive' as const } }, { id: input.q }] }
    : {};
  return asSystem(async (tx) => {
    const total = await tx.user.count({ where });
    const rows = await tx.user.findMany({
      where,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: PER_PAGE,
      skip: (input.page - 1) * PER_PAGE,
      include: { twoFactor: { select: { confirmedAt: true } }, memberships: { include: { org: { select: { slug: true, name: true } } }, orderBy: { createdAt: 'asc' } } },
    });
    const accepted = await tx.legalAcceptance.findMany({ where: { userId: { in: rows.map(({ id }) => id) } }, orderBy: { acceptedAt: 'asc' } });
    const texts = legalTextsOf(await readBrandingIn(tx));
    const legal = new Map(
      accepted.map(({ userId, version, acceptedAt }) => [userId, { version, at: acceptedAt.toISOString(), isCurrent: texts === null || texts.version === version }]),
    );
    return {
      total,
      pages: Math.max(1, Math.ceil(total / PER_PAGE)),
      data: rows.map((row) => ({
        id: row.id,
        email: row.email,
        name: row.name,
        verified: row.emailVerifiedAt !== null,
        isOperator: row.isOperator,
        twoFactor: row.twoFactor !== null && row.twoFactor.confirmedAt !== null,
        createdAt: row.createdAt.toISOString(),
        legal: legal.get(row.id) ?? null,
        orgs: row.memberships.map(({ role, org }) => ({ slug: org.slug, name: org.name, role })),
      })),
    };
  });
}

export const SetOperatorInput = z.object({ id: z.string(), isOperator: z.boolean() });

/** Makes somebody an operator, or takes it away. Nobody does it to themselves, so there is always one left. */
export async function setOperator({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof SetOperatorInput> }): Promise<void> {
  if ('id' in ctx.actor && ctx.actor.id === input.id) throw new FairleadError('conflict', 'Another operator has to do this for you.');
  await asSystem(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: input.id } });
    if (!user) throw new FairleadError('not_found');
    await tx.user.update({ where: { id: input.id }, data: { isOperator: input.isOperator } });
    await recordAudit(tx, ctx, {
      action: input.isOperator ? 'operator.grant' : 'operator.revoke',
      targetType: 'user',
      targetId: user.id,
      before: { is_operator: user.isOperator },
      after: { email: user.email, is_operator: input.isOperator },
    });
  });
}

export const UserIdInput = z.object({ id: z.string() });

/** Signs an account out everywhere: its sessions are refused at their next use. */
export async function endUserSessions({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof UserIdInput> }): Promise<void> {
  await asSystem(async (tx) => {
    const { count } = await tx.user.updateMany({ where: { id: input.id }, data: { sessionEpoch: { increment: 1 } } });
    if (count === 0) throw new FairleadError('not_found');
    await recordAudit(tx, ctx, { action: 'user.sign_out_everywhere', targetType: 'user', targetId: input.id });
  });
}

/** Takes the second factor of somebody away who lost both app and codes: they sign in with their password and set it up anew. */
export async function resetUserTwoFactor({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof UserIdInput> }): Promise<void> {
  await asSystem(async (tx) => {
    const { count } = await tx.twoFactor.deleteMany({ where: { userId: input.id } });
    if (count === 0) throw new FairleadError('not_found');
    await noteTwoFactor(tx, { userId: input.id, kind: 'reset', by: ctx.actor });
  });
}
