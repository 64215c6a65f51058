import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Landing } from '@/components/site/landing';
import { getSessionUser } from '@/lib/auth/session';
import { readBranding } from '@/lib/services/branding/branding';
import { apiBaseUrl } from '@/lib/services/welcome/base-url';

export async function generateMetadata(): Promise<Metadata> {
  return { title: { absolute: `${(await readBranding()).product} · ${(await getTranslations('site'))('title')}` } };
}

export default async function LandingPage() {
  return <Landing baseUrl={await apiBaseUrl()} isSignedIn={(await getSessionUser()) !== null} product={(await readBranding()).product} />;
}
