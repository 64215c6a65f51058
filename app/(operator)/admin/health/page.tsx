import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { HealthPage } from '@/components/operator/watch/health-page';
import { requireOperator } from '@/lib/auth/require';
import { readHealth } from '@/lib/services/operator/watch/read-health';
import { version } from '@/package.json';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorWatch'))('health.title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  return <HealthPage health={await readHealth({ ctx })} version={version} />;
}
