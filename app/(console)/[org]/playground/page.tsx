import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/patterns/page-header';
import { Forbidden } from '@/components/patterns/states';
import { PlaygroundPage } from '@/components/playground/playground-page';
import { requireOrg } from '@/lib/auth/require';
import { hasRight } from '@/lib/services/context';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { apiBaseUrl } from '@/lib/services/welcome/base-url';
import { listModelChoices } from '@/lib/services/welcome/read-welcome';
import { lendKeyAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('playground'))('title') };
}

export default async function Page({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/playground`);
  if (!hasRight(ctx.role, 'keys:write')) {
    const t = await getTranslations('playground');
    return (
      <>
        <PageHeader title={t('title')} />
        <Forbidden need="keys:write" who={await listGranters({ ctx })} />
      </>
    );
  }
  const [models, baseUrl] = await Promise.all([listModelChoices({ ctx }), apiBaseUrl()]);
  return <PlaygroundPage org={org} models={models} baseUrl={baseUrl} lend={lendKeyAction} />;
}
