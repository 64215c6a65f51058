import { createThrottle } from '@/lib/auth/throttle';
import { FairleadError } from '@/lib/kernel/errors';
import { readPublicUrl, sendMail } from '@/lib/mail';
import { asSystem } from '@/lib/store';
import { issueToken } from './mailed-token';

const HOURS = 48;
const tries = createThrottle({ limit: 5, windowMs: 60 * 60_000 });

/** Mails the link that confirms a person's address; an address that is confirmed gets none. Throws `rate_limit_exceeded` after five an hour. */
export async function sendVerification({ userId, locale }: { userId: string; locale: string }): Promise<void> {
  const waitS = tries.waitS(userId);
  if (waitS > 0) throw new FairleadError('rate_limit_exceeded', undefined, { retryAfterS: waitS });
  tries.fail(userId);
  const issued = await asSystem(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    if (user.emailVerifiedAt) return null;
    return { user, token: await issueToken(tx, { userId, email: user.email, purpose: 'verify', ttlMs: HOURS * 3_600_000 }) };
  });
  if (!issued) return;
  const { user, token } = issued;
  await sendMail({ to: user.email, locale: user.locale ?? locale, template: 'verify', props: { url: `${await readPublicUrl()}/verify/${token}`, hours: HOURS } });
}
