import './globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Providers } from '@/components/shell/providers';
import { env } from '@/lib/env';
import { chooseLocale, signOut } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  return {
    metadataBase: new URL(env().appUrl),
    title: { default: 'Fairlead', template: '%s · Fairlead' },
    description: t('description'),
    applicationName: 'Fairlead',
    icons: { icon: [{ url: '/icon.svg', type: 'image/svg+xml' }], apple: '/apple-icon.png' },
    openGraph: { title: 'Fairlead', description: t('description'), images: [{ url: '/og.png', width: 1200, height: 630 }], type: 'website' },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#FBFAF7' },
    { media: '(prefers-color-scheme: dark)', color: '#0D1419' },
  ],
};

/** Every page depends on the reader's language, so none is rendered ahead of time. */
export const dynamic = 'force-dynamic';

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={await getLocale()} className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider messages={await everybodysMessages()}>
          <Providers actions={{ chooseLocale, signOut }}>{children}</Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

/** The operator's pages bring their own texts (`operator*`): nobody else's browser should load them. */
async function everybodysMessages() {
  return Object.fromEntries(Object.entries(await getMessages()).filter(([namespace]) => !namespace.startsWith('operator')));
}
