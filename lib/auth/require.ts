import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { type BodyChoice, bodyChoiceOf } from '@/lib/kernel/body-choice';
import { FairleadError } from '@/lib/kernel/errors';
import type { OrgId } from '@/lib/kernel/ids';
import { asSystem } from '@/lib/store';
import type { Role } from './role';
import { getSessionUser, type SessionUser } from './session';
import { viewedOrgId } from './view-as';

/** The context a service verb takes (actor, organization, role), together with what every page of the organization shows. */
export interface OrgCtx {
  actor: { type: 'user'; id: string; label: string };
  orgId: OrgId;
  role: Role;
  user: SessionUser;
  org: { id: OrgId; slug: string; name: string; timezone: string; bodies: BodyChoice; plan: { id: string; name: string } };
  /** An operator looks in: read only, and without logged bodies unless the organization granted it. */
  viewing?: { hidesBodies: boolean };
}

/** What an operator's page or write runs as: a services' OperatorCtx with the person behind it. */
export interface OperatorSession {
  actor: { type: 'user'; id: string; label: string };
  operator: true;
  user: SessionUser;
}

/** For pages: the signed-in user, or on to the sign-in page and back to `path`. */
export async function requireUser(path = '/'): Promise<SessionUser> {
  const user = await getSessionUser();
  if (!user) redirect(signInPath(path));
  return user;
}

/** For pages: the user's context in the organization. Somebody else's organization looks like a missing one. */
export async function requireOrg(slug: string, path = `/${slug}`): Promise<OrgCtx> {
  const user = await requireUser(path);
  return (await findOrgCtx(user, slug)) ?? notFound();
}

/** For API routes and actions: throws `unauthenticated` instead of redirecting. */
export async function authorizeUser(): Promise<SessionUser> {
  const user = await getSessionUser();
  if (!user) throw new FairleadError('unauthenticated');
  return user;
}

/** For API routes and actions: throws `unauthenticated` or `not_found`. */
export async function authorizeOrg(slug: string): Promise<OrgCtx> {
  const ctx = await findOrgCtx(await authorizeUser(), slug);
  if (!ctx) throw new FairleadError('not_found');
  return ctx;
}

/** For the operator's pages. To everybody else, signed in or not, they look like pages that do not exist. */
export async function requireOperator(): Promise<OperatorSession> {
  return (await findOperator()) ?? notFound();
}

/** For the operator's routes and actions: throws `not_found` for everybody else. */
export async function authorizeOperator(): Promise<OperatorSession> {
  const operator = await findOperator();
  if (!operator) throw new FairleadError('not_found');
  return operator;
}

async function findOperator(): Promise<OperatorSession | null> {
  const user = await getSessionUser();
  return user?.isOperator ? { actor: { type: 'user', id: user.id, label: user.email }, operator: true, user } : null;
}

export function signInPath(next: string): string {
  return `/sign-in?next=${encodeURIComponent(next)}`;
}

/** One lookup per request, however many components ask. */
const findOrgCtx = cache(async (user: SessionUser, slug: string): Promise<OrgCtx | null> => {
  const membership = await asSystem((tx) =>
    tx.membership.findFirst({ where: { userId: user.id, org: { slug } }, include: { org: { include: { plan: { select: { id: true, name: true } } } } } }),
  );
  if (!membership) return findView(user, slug);
  const { org } = membership;
  return {
    actor: { type: 'user', id: user.id, label: user.email },
    orgId: org.id as OrgId,
    role: membership.role as Role,
    user,
    org: { id: org.id as OrgId, slug: org.slug, name: org.name, timezone: org.timezone, bodies: bodyChoiceOf(org), plan: org.plan },
  };
});

/** An operator who looks in is a viewer: it sees what a viewer sees, and `action` refuses every write. */
async function findView(user: SessionUser, slug: string): Promise<OrgCtx | null> {
  const orgId = user.isOperator ? await viewedOrgId(user.id) : null;
  if (orgId === null) return null;
  const org = await asSystem((tx) => tx.organization.findFirst({ where: { id: orgId, slug }, include: { plan: { select: { id: true, name: true } } } }));
  if (!org) return null;
  const mayRead = org.supportAccessUntil !== null && org.supportAccessUntil.getTime() > Date.now();
  return {
    actor: { type: 'user', id: user.id, label: user.email },
    orgId: org.id as OrgId,
    role: 'viewer',
    user,
    org: { id: org.id as OrgId, slug: org.slug, name: org.name, timezone: org.timezone, bodies: bodyChoiceOf(org), plan: org.plan },
    viewing: { hidesBodies: !mayRead },
  };
}
