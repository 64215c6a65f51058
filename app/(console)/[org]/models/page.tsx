import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ModelsPage } from '@/components/models/models-page';
import { UrlState } from '@/components/shell/url-state';
import { requireOrg } from '@/lib/auth/require';
import { listModels } from '@/lib/services/models/list-models';

type Props = { params: Promise<{ org: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('models'))('title') };
}

export default async function Page({ params }: Props) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/models`);
  return (
    <UrlState>
      <ModelsPage org={org} catalogue={await listModels({ ctx })} />
    </UrlState>
  );
}
