import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { StatusPage } from '@/components/site/status-page';
import { readStatus } from '@/lib/services/status/read-status';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('publicStatus'))('title') };
}

export default async function Page() {
  return <StatusPage status={await readStatus()} />;
}
