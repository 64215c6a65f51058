import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { SkipLink } from '@/components/shell/skip-link';
import { SiteHeader } from '@/components/site/site-header';
import { clientMessages } from '@/i18n/client-messages';
import { getSessionUser } from '@/lib/auth/session';
import { findHome } from '@/lib/services/orgs/list-own-orgs';

export default async function SiteLayout({ children }: { children: ReactNode }) {
  const user = await getSessionUser();
  return (
    <NextIntlClientProvider messages={await clientMessages('site')}>
      <div className="flex min-h-dvh flex-col">
        <SkipLink />
        <SiteHeader home={user && (await findHome(user.id))} />
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[1120px] flex-1 px-4 outline-none sm:px-6">
          {children}
        </main>
      </div>
    </NextIntlClientProvider>
  );
}
