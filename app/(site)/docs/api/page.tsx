import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { openApiDocument } from '@/app/api/v1/document';
import { ApiReference, type ReferenceDocument } from '@/components/docs/api-reference';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('docs'))('api.title') };
}

export default function Page() {
  return <ApiReference document={openApiDocument() as unknown as ReferenceDocument} />;
}
