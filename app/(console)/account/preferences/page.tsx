import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { PreferencesCard } from '@/components/account/preferences-card';
import { PageHeader } from '@/components/patterns/page-header';
import { requireUser } from '@/lib/auth/require';
import { DENSITY_COOKIE, readDensity } from '@/lib/format/density';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('tabs.preferences') };
}

export default async function PreferencesPage() {
  await requireUser('/account/preferences');
  const t = await getTranslations('account.preferences');
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer')} />
      <div className="max-w-2xl">
        <PreferencesCard density={readDensity((await cookies()).get(DENSITY_COOKIE)?.value)} />
      </div>
    </>
  );
}
