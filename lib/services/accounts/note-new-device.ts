import { describeClient } from '@/lib/format/describe-client';
import { queueMail, readPublicUrl } from '@/lib/mail';
import { asSystem } from '@/lib/store';

const REMEMBERED = 100;

/** Tells a person by mail when the session that was opened last is the first of its kind of browser; not at sign-up. */
export async function noteNewDevice({ userId }: { userId: string }): Promise<void> {
  await asSystem(async (tx) => {
    const [latest, ...earlier] = await tx.session.findMany({ where: { userId }, orderBy: { id: 'desc' }, take: REMEMBERED, select: { id: true, client: true, address: true } });
    if (!latest || earlier.length === 0) return;
    const nameOf = (client: string) => describeClient(client) ?? client.slice(0, 60);
    const name = nameOf(latest.client);
    if (earlier.some(({ client }) => nameOf(client) === name)) return;
    const { email, locale } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, locale: true } });
    const props = { event: 'device' as const, url: `${await readPublicUrl()}/account/security`, facts: { client: name, address: latest.address } };
    await queueMail(tx, { to: email, locale, template: 'security', props }, latest.id);
  });
}
