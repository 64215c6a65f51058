import { EmailSchema } from '@/lib/auth/normalize-email';
import { createThrottle } from '@/lib/auth/throttle';
import { FairleadError } from '@/lib/kernel/errors';
import { log } from '@/lib/log';
import { readPublicUrl, sendMail } from '@/lib/mail';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem } from '@/lib/store';
import { z } from 'zod';
import { issueToken } from './mailed-token';

const MINUTES = 60;
const byAddress = createThrottle({ limit: 20, windowMs: 60 * 60_000 });
const byAccount = createThrottle({ limit: 5, windowMs: 60 * 60_000 });

export const RequestResetInput = z.object({ email: EmailSchema });

/**
 * Mails a link to choose a new password. The answer is the same, and as fast, whether there is such an account or not:
 * the work is done after it. Throws `rate_limit_exceeded` for an address that asks too often.
 */
export async function requestReset({ input, locale, address }: { input: { email: string }; locale: string; address: string }): Promise<void> {
  const { email } = parseInput(RequestResetInput, input);
  const waitS = byAddress.waitS(address);
  if (waitS > 0) throw new FairleadError('rate_limit_exceeded', undefined, { retryAfterS: waitS });
  byAddress.fail(address);
  void mailReset(email, locale).catch((error: unknown) => log.error({ err: error }, 'a link for a new password could not be sent'));
}

async function mailReset(email: string, locale: string): Promise<void> {
  // A mailbox is not flooded from many addresses either; who asks sees no difference.
  if (byAccount.waitS(email) > 0) return;
  byAccount.fail(email);
  const issued = await asSystem(async (tx) => {
    const user = await tx.user.findUnique({ where: { email } });
    return user && { user, token: await issueToken(tx, { userId: user.id, email, purpose: 'reset', ttlMs: MINUTES * 60_000 }) };
  });
  if (!issued) return;
  const { user, token } = issued;
  await sendMail({ to: user.email, locale: user.locale ?? locale, template: 'reset', props: { url: `${await readPublicUrl()}/reset/${token}`, minutes: MINUTES } });
}
