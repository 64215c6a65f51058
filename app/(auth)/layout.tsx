import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { SkipLink } from '@/components/shell/skip-link';
import { SiteHeader } from '@/components/site/site-header';
import { clientMessages } from '@/i18n/client-messages';

export default async function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider messages={await clientMessages('auth')}>
      <div className="flex min-h-dvh flex-col">
        <SkipLink />
        <SiteHeader quiet />
        <main id="content" tabIndex={-1} className="mx-auto flex w-full max-w-[400px] flex-1 flex-col px-4 pt-10 pb-16 outline-none sm:pt-20">
          {children}
        </main>
      </div>
    </NextIntlClientProvider>
  );
}
