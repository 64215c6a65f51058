import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { getSessionUser } from '@/lib/auth/session';
import { loadCompiledMessages } from './load-messages';
import { isLocale, LOCALE_COOKIE, type Locale, matchAcceptLanguage } from './locales';

/** No locale in the path, so that a link works for readers of either language. */
export default getRequestConfig(async () => {
  const locale = await readLocale();
  return { locale, messages: await loadCompiledMessages(locale), timeZone: 'UTC', now: new Date() };
});

/** The cookie, else the account's explicit choice, else what the browser asks for. */
async function readLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  if (isLocale(chosen)) return chosen;
  const account = (await getSessionUser())?.locale;
  if (isLocale(account)) return account;
  return matchAcceptLanguage((await headers()).get('accept-language'));
}
