import { Building2 } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { VerifyBanner } from '@/components/account/verify-banner';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState } from '@/components/patterns/states';
import { Shell } from '@/components/shell/shell';
import { TimeZone } from '@/components/shell/time-zone';
import { Button } from '@/components/ui/button';
import { Welcome } from '@/components/welcome/welcome';
import { requireOrg, requireUser } from '@/lib/auth/require';
import { listOwnOrgs } from '@/lib/services/orgs/list-own-orgs';
import { apiBaseUrl } from '@/lib/services/welcome/base-url';
import { readFirstKey } from '@/lib/services/welcome/first-key-cookie';
import { findWelcomeKey, listModelChoices } from '@/lib/services/welcome/read-welcome';
import { createKeyAction } from '../[org]/keys/actions';
import { sendVerificationAction } from '../account/actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('welcome'))('title') };
}

export default async function WelcomePage({ searchParams }: { searchParams: Promise<{ org?: string; key?: string }> }) {
  const { org: slug, key: keyId } = await searchParams;
  const user = await requireUser('/welcome');
  const orgs = await listOwnOrgs(user.id);
  const own = orgs.find((org) => org.slug === slug) ?? orgs[0];
  const t = await getTranslations('welcome');
  if (!own) return <NoOrganization title={t('noOrg.title')} why={t('noOrg.why')} />;

  const ctx = await requireOrg(own.slug, '/welcome');
  const [models, firstKey, baseUrl] = await Promise.all([listModelChoices({ ctx }), keyId ? null : readFirstKey(user.id), apiBaseUrl()]);
  const knownKey = await findWelcomeKey({ ctx, keyId: firstKey?.id ?? keyId });
  // A first key that was revoked meanwhile is not worth showing.
  const plainKey = firstKey && knownKey?.id === firstKey.id ? firstKey : null;
  const preselected = ['demo/echo', 'fast-chat'].find((id) => models.some((model) => model.id === id)) ?? models[0]?.id ?? 'fast-chat';

  return (
    <TimeZone timeZone={ctx.org.timezone}>
      <Shell org={{ ...own, plan: ctx.org.plan.name }} orgs={orgs} user={user}>
        {!user.isVerified && <VerifyBanner email={user.email} send={sendVerificationAction} />}
        <PageHeader
          title={t('title')}
          answer={t('answer')}
          actions={
            <Button asChild variant="outline">
              <Link href={`/${own.slug}`}>{t('console')}</Link>
            </Button>
          }
        />
        <Welcome
          org={own}
          baseUrl={baseUrl}
          plainKey={plainKey}
          knownKey={knownKey}
          models={models}
          preselected={preselected}
          create={createKeyAction}
          sinceMs={Date.now()}
        />
      </Shell>
    </TimeZone>
  );
}

function NoOrganization({ title, why }: { title: string; why: string }) {
  return (
    <main id="content" className="mx-auto max-w-xl px-4 py-20">
      <h1 className="sr-only">Fairlead</h1>
      <EmptyState icon={Building2} title={title} why={why} />
    </main>
  );
}
