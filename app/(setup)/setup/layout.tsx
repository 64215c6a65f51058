import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { ConsoleProviders } from '@/components/shell/console-providers';
import { SkipLink } from '@/components/shell/skip-link';
import { SiteHeader } from '@/components/site/site-header';
import { clientMessages } from '@/i18n/client-messages';

export default async function SetupLayout({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider messages={await clientMessages('setup')}>
      <ConsoleProviders>
        <div className="flex min-h-dvh flex-col">
          <SkipLink />
          <SiteHeader quiet />
          <main id="content" tabIndex={-1} className="mx-auto w-full max-w-3xl flex-1 px-4 pt-8 pb-16 outline-none sm:pt-12">
            {children}
          </main>
        </div>
      </ConsoleProviders>
    </NextIntlClientProvider>
  );
}
