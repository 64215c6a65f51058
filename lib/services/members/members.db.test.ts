import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeEnv } from '@/lib/env';
import { signUp } from '@/lib/services/accounts/sign-up';
import { signUpInvited } from '@/lib/services/accounts/sign-up-invited';
import { seedCatalogue } from '@/lib/services/catalogue';
import type { Ctx, Role } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { acceptInvitation, findInvitation } from './accept-invitation';
import { changeRole } from './change-role';
import { inviteMember } from './invite-member';
import { listMembers } from './list-members';
import { removeMember } from './remove-member';
import { resendInvitation } from './resend-invitation';
import { revokeInvitation } from './revoke-invitation';

const db = await createTestDatabase();
const password = 'correct horse battery';
let count = 0;

beforeAll(async () => {
  await asSystem(seedCatalogue);
});
afterAll(() => {
  process.env.SIGNUP = '';
  completeEnv({});
});

const newEmail = () => `member${++count}@example.com`;

async function newOrg() {
  const email = newEmail();
  const { userId, org } = await signUp({ input: { email, password } });
  return { userId, email, org, owner: as(userId, org.id, 'owner') };
}

function as(userId: string, orgId: Ctx['orgId'], role: Role): Ctx {
  return { actor: { type: 'user', id: userId, label: 'test' }, orgId, role };
}

const tokenOf = (url: string | null) => (url ?? '').split('/').at(-1) as string;

async function join(owner: Ctx, role: Role) {
  const email = newEmail();
  const { url } = await inviteMember({ ctx: owner, input: { email, role } });
  const { userId } = await signUpInvited({ input: { token: tokenOf(url), name: '', password } });
  return { email, userId };
}

describe('an invitation', () => {
  it('makes an account and a membership in the role that was named, once', async () => {
    const { owner } = await newOrg();
    const email = newEmail();
    const sent = await inviteMember({ ctx: owner, input: { email: email.toUpperCase(), role: 'developer' } });
    expect(sent).toMatchObject({ email, role: 'developer', status: 'open' });
    const token = tokenOf(sent.url);
    expect(await findInvitation(token)).toMatchObject({ email, role: 'developer', hasAccount: false });
    await signUpInvited({ input: { token, name: 'Bo', password } });
    expect((await listMembers({ ctx: owner })).members).toContainEqual(expect.objectContaining({ email, name: 'Bo', role: 'developer' }));
    expect(await findInvitation(token)).toBeNull();
    await expect(signUpInvited({ input: { token, name: '', password } })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is for its own address only', async () => {
    const { owner } = await newOrg();
    const { url } = await inviteMember({ ctx: owner, input: { email: newEmail(), role: 'viewer' } });
    const stranger = await newOrg();
    await expect(acceptInvitation({ token: tokenOf(url), userId: stranger.userId })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('works for somebody who has an account, also where sign-up is closed', async () => {
    const { owner, org } = await newOrg();
    const guest = await newOrg();
    const { url } = await inviteMember({ ctx: owner, input: { email: guest.email, role: 'billing' } });
    const { url: other } = await inviteMember({ ctx: owner, input: { email: newEmail(), role: 'viewer' } });
    process.env.SIGNUP = 'closed';
    completeEnv({});
    await expect(signUpInvited({ input: { token: tokenOf(other), name: '', password } })).rejects.toMatchObject({ code: 'signup_closed' });
    expect(await acceptInvitation({ token: tokenOf(url), userId: guest.userId })).toEqual({ slug: org.slug });
    process.env.SIGNUP = 'invite';
    completeEnv({});
    await expect(signUp({ input: { email: newEmail(), password } })).rejects.toMatchObject({ code: 'signup_closed' });
    await signUpInvited({ input: { token: tokenOf(other), name: '', password } });
    process.env.SIGNUP = '';
    completeEnv({});
  });

  it('gets a new link when it is sent again, and none when it is taken back', async () => {
    const { owner } = await newOrg();
    const first = await inviteMember({ ctx: owner, input: { email: newEmail(), role: 'viewer' } });
    const again = await resendInvitation({ ctx: owner, input: { id: first.id } });
    expect(await findInvitation(tokenOf(first.url))).toBeNull();
    expect(await findInvitation(tokenOf(again.url))).not.toBeNull();
    await revokeInvitation({ ctx: owner, input: { id: first.id } });
    expect(await findInvitation(tokenOf(again.url))).toBeNull();
    await expect(resendInvitation({ ctx: owner, input: { id: first.id } })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes a seat of the plan, and never one too many at once', async () => {
    const { owner } = await newOrg();
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => inviteMember({ ctx: owner, input: { email: newEmail(), role: 'viewer' } })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'plan_limit' });
    expect((await listMembers({ ctx: owner })).seats).toEqual({ used: 3, limit: 3 });
  });
});

describe('roles', () => {
  it('are changed by admins, but owners only by owners', async () => {
    const { owner, userId, org } = await newOrg();
    const admin = await join(owner, 'admin');
    const viewer = await join(owner, 'viewer');
    const asAdmin = as(admin.userId, org.id, 'admin');
    expect(await changeRole({ ctx: asAdmin, input: { id: viewer.userId, role: 'developer' } })).toEqual({ id: viewer.userId, role: 'developer' });
    await expect(changeRole({ ctx: asAdmin, input: { id: viewer.userId, role: 'owner' } })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(changeRole({ ctx: asAdmin, input: { id: userId, role: 'viewer' } })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(removeMember({ ctx: asAdmin, input: { id: userId } })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(inviteMember({ ctx: asAdmin, input: { email: newEmail(), role: 'owner' } })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('leave one owner at least (S13), also when two go at once', async () => {
    const { owner, userId, org } = await newOrg();
    await expect(changeRole({ ctx: owner, input: { id: userId, role: 'admin' } })).rejects.toMatchObject({ code: 'conflict' });
    await expect(removeMember({ ctx: owner, input: { id: userId } })).rejects.toMatchObject({ code: 'conflict' });
    const second = await join(owner, 'owner');
    const results = await Promise.allSettled([
      removeMember({ ctx: owner, input: { id: userId } }),
      removeMember({ ctx: as(second.userId, org.id, 'owner'), input: { id: second.userId } }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await db.query("SELECT count(*)::int AS n FROM membership WHERE org_id = $1 AND role = 'owner'", [org.id])).toEqual([{ n: 1 }]);
  });

  it('let anybody leave, and say so in the audit log', async () => {
    const { owner, org } = await newOrg();
    const { userId, email } = await join(owner, 'viewer');
    await removeMember({ ctx: as(userId, org.id, 'viewer'), input: { id: userId } });
    const actions = await db.query('SELECT action, before FROM audit_entry WHERE org_id = $1 AND target_id = $2 ORDER BY created_at', [org.id, userId]);
    expect(actions).toEqual([
      { action: 'member.join', before: null },
      { action: 'member.leave', before: { email, role: 'viewer' } },
    ]);
  });
});

it('members and invitations of another organization look like none (I01)', async () => {
  const mine = await newOrg();
  const theirs = await newOrg();
  const { id } = await inviteMember({ ctx: theirs.owner, input: { email: newEmail(), role: 'viewer' } });
  const attempts = [
    () => changeRole({ ctx: mine.owner, input: { id: theirs.userId, role: 'viewer' } }),
    () => removeMember({ ctx: mine.owner, input: { id: theirs.userId } }),
    () => resendInvitation({ ctx: mine.owner, input: { id } }),
    () => revokeInvitation({ ctx: mine.owner, input: { id } }),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
});
