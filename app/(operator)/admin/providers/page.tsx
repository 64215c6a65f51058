import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ProvidersPage } from '@/components/operator/providers/providers-page';
import { UrlState } from '@/components/shell/url-state';
import { requireOperator } from '@/lib/auth/require';
import { listGallery } from '@/lib/services/operator/providers/gallery';
import { listProviders } from '@/lib/services/operator/providers/list-providers';
import { addProviderAction, testConnectionAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorProviders'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  return (
    <UrlState>
      <ProvidersPage providers={await listProviders({ ctx })} gallery={listGallery()} test={testConnectionAction} add={addProviderAction} />
    </UrlState>
  );
}
