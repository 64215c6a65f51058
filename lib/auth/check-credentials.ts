import { FairleadError } from '@/lib/kernel/errors';
import { prisma } from '@/lib/store';
import { normalizeEmail } from './normalize-email';
import { createThrottle } from './throttle';
import { verifyPassword } from './verify-password';

const MINUTE_MS = 60_000;
/** One person mistyping; one account guessed from many addresses; one address guessing many accounts. */
const byPair = createThrottle({ limit: 10, windowMs: 15 * MINUTE_MS });
const byAccount = createThrottle({ limit: 50, windowMs: 15 * MINUTE_MS });
const byAddress = createThrottle({ limit: 200, windowMs: 15 * MINUTE_MS });

export interface SignedIn {
  userId: string;
  email: string;
  sessionEpoch: number;
  locale: string | null;
}

/**
 * The account behind an e-mail and a password, or null. A wrong password and an unknown e-mail answer alike, also in
 * time. Throws `rate_limit_exceeded` after too many failures, for existing and made-up accounts the same.
 */
export async function checkCredentials({ email, password, address }: { email: string; password: string; address: string }): Promise<SignedIn | null> {
  const account = normalizeEmail(email).slice(0, 254);
  const pair = `${account}\n${address}`;
  const waitS = Math.max(byPair.waitS(pair), byAccount.waitS(account), byAddress.waitS(address));
  if (waitS > 0) throw new FairleadError('rate_limit_exceeded', 'Too many failed sign-ins.', { retryAfterS: waitS });
  // Counted before the slow check, so that parallel guesses do not slip through together.
  byPair.fail(pair);
  byAccount.fail(account);
  byAddress.fail(address);

  const user = await prisma().user.findUnique({ where: { email: account } });
  if (!(await verifyPassword(user?.passwordHash ?? null, password.slice(0, 1_024))) || !user) return null;
  byPair.clear(pair);
  byAccount.clear(account);
  byAddress.clear(address);
  return { userId: user.id, email: user.email, sessionEpoch: user.sessionEpoch, locale: user.locale };
}
