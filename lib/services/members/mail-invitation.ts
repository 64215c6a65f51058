import { env } from '@/lib/env';
import { readPublicUrl, sendMail } from '@/lib/mail';
import type { Ctx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export const INVITATION_DAYS = 7;

/** Mails the link of an invitation, in the language of who is invited, else of who invites. Answers the link where no mail leaves this installation. */
export async function mailInvitation({
  ctx,
  invitation,
  token,
}: {
  ctx: Ctx;
  invitation: { email: string; role: string };
  token: string;
}): Promise<string | null> {
  const url = `${await readPublicUrl()}/invite/${token}`;
  const { org, known, inviter } = await asSystem(async (tx) => ({
    org: await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { name: true } }),
    known: await tx.user.findUnique({ where: { email: invitation.email }, select: { locale: true } }),
    inviter: ctx.actor.type === 'user' ? await tx.user.findUnique({ where: { id: ctx.actor.id }, select: { name: true, email: true, locale: true } }) : null,
  }));
  await sendMail({
    to: invitation.email,
    locale: known?.locale ?? inviter?.locale ?? null,
    template: 'invite',
    props: { org: org.name, inviter: inviter?.name ?? inviter?.email ?? org.name, role: invitation.role, url, days: INVITATION_DAYS },
  });
  return env().smtpUrl === undefined ? url : null;
}
