import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/patterns/page-header';
import { Forbidden } from '@/components/patterns/states';
import { ManagementKeys } from '@/components/settings/management-keys';
import { requireOrg } from '@/lib/auth/require';
import { hasRight } from '@/lib/services/context';
import { listKeys } from '@/lib/services/keys/list-keys';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { publicUrl } from '@/lib/services/welcome/base-url';
import { createKeyAction, revokeKeyAction } from '../../keys/actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('tabs.api') };
}

export default async function ApiPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/settings/api`);
  if (!hasRight(ctx.role, 'settings:write')) {
    const t = await getTranslations('settings.api');
    return (
      <>
        <PageHeader title={t('title')} />
        <Forbidden need="settings:write" who={await listGranters({ ctx })} />
      </>
    );
  }
  const { data } = await listKeys({ ctx });
  const keys = data.filter(({ kind }) => kind === 'management');
  return <ManagementKeys org={org} keys={keys} apiUrl={`${await publicUrl()}/api/v1`} actions={{ create: createKeyAction, revoke: revokeKeyAction }} />;
}
