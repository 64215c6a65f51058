import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/patterns/page-header';
import { Forbidden } from '@/components/patterns/states';
import { PlaygroundPage } from '@/components/playground/playground-page';
import { UrlState } from '@/components/shell/url-state';
import { requireOrg } from '@/lib/auth/require';
import { hasRight } from '@/lib/services/context';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { listPresets } from '@/lib/services/presets/presets';
import { apiBaseUrl } from '@/lib/services/welcome/base-url';
import { listModelChoices } from '@/lib/services/welcome/read-welcome';
import { savePresetAction } from '../presets/actions';
import { lendKeyAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('playground'))('title') };
}

type Props = { params: Promise<{ org: string }>; searchParams: Promise<{ preset?: string | string[] }> };

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const { preset: presetId } = await searchParams;
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
  const [models, baseUrl, presets] = await Promise.all([listModelChoices({ ctx }), apiBaseUrl(), presetId ? listPresets({ ctx }) : []]);
  const preset = presets.find(({ id }) => id === presetId) ?? null;
  return (
    <UrlState>
      <PlaygroundPage org={org} models={models} baseUrl={baseUrl} lend={lendKeyAction} preset={preset} savePreset={savePresetAction} />
    </UrlState>
  );
}
