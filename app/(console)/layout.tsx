import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { LegalWall } from '@/components/auth/legal-wall';
import { ConsoleProviders } from '@/components/shell/console-providers';
import { SkipLink } from '@/components/shell/skip-link';
import { SiteHeader } from '@/components/site/site-header';
import { clientMessages } from '@/i18n/client-messages';
import { getSessionUser } from '@/lib/auth/session';
import { findPendingTexts } from '@/lib/services/accounts/legal-acceptance';
import { signOut } from '../actions';
import { acceptTextsAction } from './actions';

/** Everybody's pages behind sign-in; who has yet to accept the operator's present terms is asked first. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const user = await getSessionUser();
  const pending = user && (await findPendingTexts(user.id));
  return (
    <NextIntlClientProvider messages={await clientMessages('console')}>
      {pending ? (
        <div className="flex min-h-dvh flex-col">
          <SkipLink />
          <SiteHeader quiet />
          <main id="content" tabIndex={-1} className="mx-auto flex w-full max-w-[480px] flex-1 flex-col px-4 pt-10 pb-16 outline-none sm:pt-20">
            <LegalWall texts={pending} accept={acceptTextsAction} signOut={signOut} />
          </main>
        </div>
      ) : (
        <ConsoleProviders>{children}</ConsoleProviders>
      )}
    </NextIntlClientProvider>
  );
}
