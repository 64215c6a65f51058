import './globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Providers } from '@/components/shell/providers';
import { Announcement } from '@/components/shell/announcement';
import { clientMessages } from '@/i18n/client-messages';
import { env } from '@/lib/env';
import { DENSITY_COOKIE, readDensity } from '@/lib/format/density';
import { showMoneyIn } from '@/lib/format/money';
import { type Branding, displayCurrency, readBranding } from '@/lib/services/branding/branding';
import { chooseLocale, signOut } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  const { product, logo } = await readBranding();
  return {
    metadataBase: new URL(env().appUrl),
    title: { default: product, template: `%s · ${product}` },
    description: t('description'),
    applicationName: product,
    icons: logo === null ? { icon: [{ url: '/icon.svg', type: 'image/svg+xml' }], apple: '/apple-icon.png' } : { icon: [{ url: logo }], apple: logo },
    openGraph: { title: product, description: t('description'), images: [{ url: '/og.png', width: 1200, height: 630 }], type: 'website' },
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
  const branding = await readBranding();
  const colors = ownColors(branding);
  const currency = displayCurrency(branding);
  // Pages drawn on the server format amounts, too.
  showMoneyIn(currency);
  return (
    <html lang={await getLocale()} data-density={readDensity((await cookies()).get(DENSITY_COOKIE)?.value)} className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        {colors && <style>{colors}</style>}
        <Announcement text={branding.announcement} tone={branding.tone} />
        <NextIntlClientProvider messages={await clientMessages('root')}>
          <Providers actions={{ chooseLocale, signOut }} product={{ name: branding.product, logo: branding.logo, currency }}>
            {children}
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

/** The operator's main colour in the place of ours; both are checked for contrast when they are saved. */
function ownColors({ primaryLight, primaryDark }: Branding): string {
  const set = (selector: string, color: string) => (color ? `${selector}{--primary:${color};--primary-hover:color-mix(in srgb,${color} 85%,black)}` : '');
  return set(':root', primaryLight) + set('.dark', primaryDark);
}
