import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ErrorTable } from '@/components/docs/error-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('docs'))('errors.title') };
}

export default function Page() {
  return <ErrorTable />;
}
