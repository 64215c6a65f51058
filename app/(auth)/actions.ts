'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import type { FormState } from '@/components/auth/form-state';
import { isLocale, LOCALE_COOKIE } from '@/i18n/locales';
import { beginSession, completeSession, findPendingSignIn } from '@/lib/auth/begin-session';
import { checkCredentials } from '@/lib/auth/check-credentials';
import { isSecure } from '@/lib/auth/cookies';
import { requestAddress } from '@/lib/auth/request-address';
import { safeNext } from '@/lib/auth/safe-next';
import { requireUser } from '@/lib/auth/require';
import { openSession } from '@/lib/auth/session';
import { asFairleadError, ERRORS } from '@/lib/kernel/errors';
import { log } from '@/lib/log';
import { noteNewDevice } from '@/lib/services/accounts/note-new-device';
import { requestReset } from '@/lib/services/accounts/request-reset';
import { resetPassword } from '@/lib/services/accounts/reset-password';
import { signUp } from '@/lib/services/accounts/sign-up';
import { signUpGuard } from '@/lib/services/abuse/sign-up-guard';
import { verifyCaptcha } from '@/lib/services/abuse/verify-captcha';
import { acceptSignInCode } from '@/lib/services/accounts/two-factor/sign-in-code';
import { signUpInvited } from '@/lib/services/accounts/sign-up-invited';
import { acceptInvitation } from '@/lib/services/members/accept-invitation';
import { findHome } from '@/lib/services/orgs/list-own-orgs';
import { rememberFirstKey } from '@/lib/services/welcome/first-key-cookie';

export async function submitSignUp(_: FormState, form: FormData): Promise<FormState> {
  const values = { name: text(form, 'name'), email: text(form, 'email'), organization: text(form, 'organization') };
  try {
    const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
    const address = await requestAddress();
    signUpGuard.check({ email: values.email, address });
    await verifyCaptcha({ answer: captchaAnswer(form), address });
    const { userId, sessionEpoch, key } = await signUp({
      input: {
        ...values,
        password: text(form, 'password'),
        locale: isLocale(chosen) ? chosen : undefined,
        pageLocale: await getLocale(),
        acceptedLegal: text(form, 'legal') || undefined,
      },
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
  let goOn: string;
  try {
    const account = await checkCredentials({ email: values.email, password: text(form, 'password'), address: await requestAddress() });
    if (!account) return { values, problem: { field: null, key: 'wrong' } };
    const begun = await beginSession(account);
    if (begun === 'open') await noteNewDevice(account);
    goOn = begun === 'open' ? safeNext(form.get('next'), await findHome(account.userId)) : codePath(form.get('next'));
    await applyLocale(account.locale);
  } catch (error) {
    return { values, problem: describeProblem(error) };
  }
  redirect(goOn);
}

/** The second factor of an account whose password was right a moment ago. */
export async function submitCode(_: FormState, form: FormData): Promise<FormState> {
  let home: string;
  try {
    const known = await findPendingSignIn();
    if (!known) return { problem: { field: null, key: 'codeTooLate' } };
    if (!(await acceptSignInCode({ userId: known.userId, code: text(form, 'code') }))) return { problem: { field: 'code', key: 'code' } };
    await completeSession(known);
    await noteNewDevice(known);
    home = await findHome(known.userId);
  } catch (error) {
    return { problem: describeProblem(error) };
  }
  redirect(safeNext(form.get('next'), home));
}

/** Answers the same for every address. */
export async function submitForgot(_: FormState, form: FormData): Promise<FormState> {
  const values = { email: text(form, 'email') };
  try {
    await requestReset({ input: values, locale: await getLocale(), address: await requestAddress() });
    return { values, done: true };
  } catch (error) {
    return { values, problem: describeProblem(error) };
  }
}

export async function submitReset(_: FormState, form: FormData): Promise<FormState> {
  let goOn: string;
  try {
    const account = await resetPassword({ input: { token: text(form, 'token'), password: text(form, 'password') } });
    goOn = (await beginSession(account)) === 'open' ? await findHome(account.userId) : codePath(null);
  } catch (error) {
    return { problem: describeProblem(error) };
  }
  redirect(goOn);
}

/** An account for somebody who was invited, signed in at once. */
export async function submitInvited(_: FormState, form: FormData): Promise<FormState> {
  const values = { name: text(form, 'name') };
  let slug: string;
  try {
    const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
    const input = {
      ...values,
      token: text(form, 'token'),
      password: text(form, 'password'),
      locale: isLocale(chosen) ? chosen : undefined,
      acceptedLegal: text(form, 'legal') || undefined,
    };
    const account = await signUpInvited({ input });
    await openSession(account);
    slug = account.slug;
  } catch (error) {
    return { values, problem: describeProblem(error) };
  }
  redirect(`/${slug}`);
}

/** Makes the signed-in person a member. */
export async function submitAccept(_: FormState, form: FormData): Promise<FormState> {
  const token = text(form, 'token');
  const user = await requireUser(`/invite/${token}`);
  let slug: string;
  try {
    ({ slug } = await acceptInvitation({ token, userId: user.id }));
  } catch (error) {
    return { problem: describeProblem(error) };
  }
  redirect(`/${slug}`);
}

function codePath(next: FormDataEntryValue | null): string {
  const path = safeNext(next, '');
  return path ? `/sign-in/code?next=${encodeURIComponent(path)}` : '/sign-in/code';
}

/** A browser that never chose a language gets the one the account chose elsewhere. */
async function applyLocale(locale: string | null): Promise<void> {
  const jar = await cookies();
  if (isLocale(locale) && !jar.has(LOCALE_COOKIE)) jar.set(LOCALE_COOKIE, locale, { path: '/', sameSite: 'lax', secure: isSecure(), maxAge: 365 * 86_400 });
}

/** Each captcha puts its answer into a field of its own name. */
function captchaAnswer(form: FormData): string {
  return text(form, 'cf-turnstile-response') || text(form, 'h-captcha-response') || text(form, 'g-recaptcha-response');
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

const FIELDS = ['name', 'email', 'password', 'organization', 'legal', 'captcha'] as const;

function describeProblem(error: unknown): FormState['problem'] {
  const { code, extras } = asFairleadError(error);
  if (code === 'invalid_request') {
    const field = FIELDS.find((name) => name === extras.param) ?? null;
    return { field, key: field ?? 'failed' };
  }
  if (code === 'not_found') return { field: null, key: 'deadLink' };
  if (code === 'forbidden') return { field: null, key: 'notYours' };
  if (code === 'email_taken') return { field: 'email', key: 'taken' };
  if (code === 'rate_limit_exceeded') return { field: null, key: 'throttled', minutes: Math.ceil((extras.retryAfterS ?? 60) / 60) };
  if (code === 'signup_closed') return { field: null, key: 'closed' };
  if (ERRORS[code].level === 'error') log.error({ code, error: extras.internal ?? error }, 'a public form failed');
  return { field: null, key: code === 'database_unavailable' ? 'database' : 'failed' };
}
