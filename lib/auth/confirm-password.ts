import { FairleadError } from '@/lib/kernel/errors';
import { prisma } from '@/lib/store';
import { createThrottle } from './throttle';
import { verifyPassword } from './verify-password';

/** Guesses at one account's password by who sits before its open session, over every form that asks for it. */
const guesses = createThrottle({ limit: 10, windowMs: 15 * 60_000 });

/**
 * Makes sure that it is the person, and not only their open session, who acts. Throws `invalid_request` with `param` when
 * the password is wrong, `rate_limit_exceeded` after ten of those in a quarter of an hour.
 */
export async function confirmPassword({
  userId,
  password,
  param = 'password',
}: {
  userId: string;
  password: string;
  param?: string;
}): Promise<{ email: string }> {
  const waitS = guesses.waitS(userId);
  if (waitS > 0) throw new FairleadError('rate_limit_exceeded', undefined, { retryAfterS: waitS });
  const user = await prisma().user.findUniqueOrThrow({ where: { id: userId } });
  if (!(await verifyPassword(user.passwordHash, password))) {
    guesses.fail(userId);
    throw new FairleadError('invalid_request', 'This is not your password.', { param });
  }
  guesses.clear(userId);
  return { email: user.email };
}
