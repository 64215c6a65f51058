import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/patterns/page-header';
import { Forbidden } from '@/components/patterns/states';
import { PresetsPage } from '@/components/presets/presets-page';
import { UrlState } from '@/components/shell/url-state';
import { requireOrg } from '@/lib/auth/require';
import { hasRight } from '@/lib/services/context';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { listPresets } from '@/lib/services/presets/presets';
import { apiBaseUrl } from '@/lib/services/welcome/base-url';
import { deletePresetAction, listPresetVersionsAction, restorePresetVersionAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('presets'))('title') };
}

export default async function Page({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/presets`);
  if (!hasRight(ctx.role, 'logs:read')) {
    const t = await getTranslations('presets');
    return (
      <>
        <PageHeader title={t('title')} />
        <Forbidden need="logs:read" who={await listGranters({ ctx })} />
      </>
    );
  }
  return (
    <UrlState>
      <PresetsPage org={org} presets={await listPresets({ ctx })} baseUrl={await apiBaseUrl()} canWrite={hasRight(ctx.role, 'keys:write')} remove={deletePresetAction} history={{ list: listPresetVersionsAction, restore: restorePresetVersionAction }} />
    </UrlState>
  );
}
