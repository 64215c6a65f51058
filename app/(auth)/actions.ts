'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { FormState } from '@/components/auth/form-state';
import { isLocale, LOCALE_COOKIE } from '@/i18n/locales';
import { checkCredentials } from '@/lib/auth/check-credentials';
import { isSecure } from '@/lib/auth/cookies';
import { requestAddress } from '@/lib/auth/request-address';
import { safeNext } from '@/lib/auth/safe-next';
import { openSession } from '@/lib/auth/session';
import { asFairleadError, ERRORS } from '@/lib/kernel/errors';
import { log } from '@/lib/log';
import { signUp } from '@/lib/services/accounts/sign-up';
import { findHome } from '@/lib/services/orgs/list-own-orgs';
import { rememberFirstKey } from '@/lib/services/welcome/first-key-cookie';

export async function submitSignUp(_: FormState, form: FormData): Promise<FormState> {
  const values = { name: text(form, 'name'), email: text(form, 'email'), organization: text(form, 'organization') };
  try {
    const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
    const { userId, sessionEpoch, key } = await signUp({
      input: { ...values, password: text(form, 'password'), locale: isLocale(chosen) ? chosen : undefined },
    });
    await openSession({ userId, sessionEpoch });
    await rememberFirstKey(userId, key);
  } catch (error) {
    return { values, problem: describeProblem(error) };
  }
  redirect('/welcome');
}

export async function submitSignIn(_: FormState, form: FormData): Promise<FormState> {
  const values = { email: text(form, 'email') };
  let home: string;
  try {
    const account = await checkCredentials({ email: values.email, password: text(form, 'password'), address: await requestAddress() });
    if (!account) return { values, problem: { field: null, key: 'wrong' } };
    await openSession(account);
    await applyLocale(account.locale);
    home = await findHome(account.userId);
  } catch (error) {
    return { values, problem: describeProblem(error) };
  }
  redirect(safeNext(form.get('next'), home));
}

/** A browser that never chose a language gets the one the account chose elsewhere. */
async function applyLocale(locale: string | null): Promise<void> {
  const jar = await cookies();
  if (isLocale(locale) && !jar.has(LOCALE_COOKIE)) jar.set(LOCALE_COOKIE, locale, { path: '/', sameSite: 'lax', secure: isSecure(), maxAge: 365 * 86_400 });
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

const FIELDS = ['name', 'email', 'password', 'organization'] as const;

function describeProblem(error: unknown): FormState['problem'] {
  const { code, extras } = asFairleadError(error);
  if (code === 'invalid_request') {
    const field = FIELDS.find((name) => name === extras.param) ?? null;
    return { field, key: field ?? 'failed' };
  }
  if (code === 'email_taken') return { field: 'email', key: 'taken' };
  if (code === 'rate_limit_exceeded') return { field: null, key: 'throttled', minutes: Math.ceil((extras.retryAfterS ?? 60) / 60) };
  if (code === 'signup_closed') return { field: null, key: 'closed' };
  if (ERRORS[code].level === 'error') log.error({ code, error: extras.internal ?? error }, 'a public form failed');
  return { field: null, key: code === 'database_unavailable' ? 'database' : 'failed' };
}
