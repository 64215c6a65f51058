import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/patterns/page-header';
import { Forbidden } from '@/components/patterns/states';
import { AuditPage } from '@/components/settings/audit-page';
import { UrlState } from '@/components/shell/url-state';
import { requireOrg } from '@/lib/auth/require';
import { AuditQuery, listAuditEntries } from '@/lib/services/audit/list-audit-entries';
import { hasRight } from '@/lib/services/context';
import { listGranters } from '@/lib/services/orgs/list-granters';

type Props = { params: Promise<{ org: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/settings/audit`);
  if (!hasRight(ctx.role, 'settings:write')) {
    const t = await getTranslations('audit');
    return (
      <>
        <PageHeader title={t('title')} />
        <Forbidden need="settings:write" who={await listGranters({ ctx })} />
      </>
    );
  }
  // A filter that was mistyped in the address is no filter.
  const asked = AuditQuery.safeParse(await searchParams);
  const query = asked.success ? asked.data : AuditQuery.parse({});
  return (
    <UrlState>
      <AuditPage org={org} query={query} page={await listAuditEntries({ ctx, input: query })} />
    </UrlState>
  );
}
