import type { Metadata } from 'next';
import { ProviderPage } from '@/components/operator/providers/provider-page';
import { requireOperator } from '@/lib/auth/require';
import { orNotFound } from '@/lib/http/or-not-found';
import { listGallery } from '@/lib/services/operator/providers/gallery';
import { getProvider } from '@/lib/services/operator/providers/list-providers';
import {
  addCredentialAction,
  importModelsAction,
  removeCredentialAction,
  rotateCredentialAction,
  testStoredAction,
  updateCredentialAction,
  updateProviderAction,
} from '../actions';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function Page({ params }: Props) {
  const ctx = await requireOperator();
  const id = decodeURIComponent((await params).id);
  const provider = await orNotFound(getProvider({ ctx, input: { id } }));
  const endpoints = listGallery().find(({ adapter }) => adapter === provider.adapter)?.endpoints ?? [];
  return (
    <ProviderPage
      provider={provider}
      endpoints={endpoints}
      actions={{
        update: updateProviderAction,
        addCredential: addCredentialAction,
        updateCredential: updateCredentialAction,
        rotateCredential: rotateCredentialAction,
        removeCredential: removeCredentialAction,
        test: testStoredAction,
        importModels: importModelsAction,
      }}
    />
  );
}
