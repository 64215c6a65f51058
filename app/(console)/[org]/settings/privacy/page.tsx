import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/patterns/page-header';
import { PrivacyForm } from '@/components/settings/privacy-form';
import { SupportAccess } from '@/components/settings/support-access';
import { requireOrg } from '@/lib/auth/require';
import { hasRight } from '@/lib/services/context';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { readPrivacy } from '@/lib/services/orgs/read-privacy';
import { readSupportAccess } from '@/lib/services/orgs/support-access';
import { setSupportAccessAction, updateOrgAction } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('tabs.privacy') };
}

export default async function PrivacyPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/settings/privacy`);
  const t = await getTranslations('settings.privacy');
  const { retentionDays, kept } = await readPrivacy({ ctx });
  return (
    <>
      <PageHeader title={t('title')} answer={t(`answer.${ctx.org.bodies}`, { days: retentionDays })} />
      <PrivacyForm
        org={org}
        bodies={ctx.org.bodies}
        retentionDays={retentionDays}
        kept={kept}
        plan={ctx.org.plan.name}
        update={updateOrgAction}
        grantedBy={hasRight(ctx.role, 'settings:write') ? null : await listGranters({ ctx })}
      />
      <SupportAccess org={org} until={(await readSupportAccess({ ctx })).until} canChange={!ctx.viewing && hasRight(ctx.role, 'settings:write')} save={setSupportAccessAction} />
    </>
  );
}
