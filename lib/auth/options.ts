import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { env } from '@/lib/env';
import { isFairleadError } from '@/lib/kernel/errors';
import { log } from '@/lib/log';
import { prisma } from '@/lib/store';
import { checkCredentials } from './check-credentials';
import { cookieOptions, isSecure, sessionCookieName } from './cookies';
import { requestAddress } from './request-address';
import { safeNext } from './safe-next';
import { requestClient } from './session';
import { hasTwoFactor, spendSecondFactor } from './two-factor';
import { createSession, findSessionUser, SESSION_MAX_AGE_S } from './sessions';

/** next-auth with e-mail and password over encrypted JWT cookies. The forms of the console share its cookie and checks. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().authSecret,
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_S },
    useSecureCookies: isSecure(),
    cookies: { sessionToken: { name: sessionCookieName(), options: cookieOptions() } },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        credentials: { email: { label: 'Email', type: 'email' }, password: { label: 'Password', type: 'password' }, code: { label: 'Code', type: 'text' } },
        async authorize(credentials) {
          const { email, password, code } = credentials ?? {};
          if (typeof email !== 'string' || typeof password !== 'string') return null;
          try {
            const account = await checkCredentials({ email, password, address: await requestAddress() });
            if (account && (await hasTwoFactor(account.userId)) && !(await spendSecondFactor({ userId: account.userId, code: code ?? '' }))) return null;
            return account && { id: account.userId, email: account.email, sessionEpoch: account.sessionEpoch };
          } catch (error) {
            if (isFairleadError(error)) return null;
            throw error;
          }
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user }) {
        if (user) {
          const sessionId = await createSession({ userId: user.id, address: await requestAddress(), client: await requestClient() });
          return { sub: user.id, userId: user.id, sessionEpoch: user.sessionEpoch, sessionId };
        }
        const { userId, sessionEpoch, sessionId } = token;
        const known = userId && sessionId && sessionEpoch !== undefined ? await findSessionUser({ userId, sessionEpoch, sessionId }) : null;
        // next-auth answers a throw here by clearing the cookie.
        if (!known) throw new Error('the session was ended');
        return token;
      },
      async session({ session, token }) {
        const user = await prisma().user.findUniqueOrThrow({ where: { id: token.userId }, select: { email: true, name: true } });
        return { ...session, user };
      },
      redirect({ url }) {
        const base = env().appUrl;
        const path = URL.canParse(url) ? new URL(url) : null;
        return base + safeNext(path ? path.pathname + path.search : url, '/');
      },
    },
    logger: {
      error: (code, metadata) => log.info({ code, error: metadata }, 'sign-in was not possible'),
      warn: (code) => log.debug({ code }, 'next-auth'),
      debug: (code) => log.trace({ code }, 'next-auth'),
    },
  };
}
