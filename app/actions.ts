'use server';

import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { isLocale, LOCALE_COOKIE } from '@/i18n/locales';
import { isSecure } from '@/lib/auth/cookies';
import { closeSession, getSessionUser } from '@/lib/auth/session';
import { saveLocale } from '@/lib/services/accounts/save-locale';
import { forgetFirstKey } from '@/lib/services/welcome/first-key-cookie';

/** Remembers the language in this browser, and with the account when somebody is signed in. */
export async function chooseLocale(locale: string): Promise<void> {
  if (!isLocale(locale)) return;
  (await cookies()).set(LOCALE_COOKIE, locale, { path: '/', sameSite: 'lax', secure: isSecure(), maxAge: 365 * 86_400 });
  const user = await getSessionUser();
  if (user) await saveLocale({ userId: user.id, locale });
  revalidatePath('/', 'layout');
}

export async function signOut(): Promise<void> {
  await closeSession();
  await forgetFirstKey();
  redirect('/sign-in');
}
