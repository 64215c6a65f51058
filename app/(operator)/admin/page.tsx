import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OperatorOverviewPage } from '@/components/operator/overview/overview-page';
import { requireOperator } from '@/lib/auth/require';
import { readOverview } from '@/lib/services/operator/read-overview';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorOverview'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  return <OperatorOverviewPage overview={await readOverview({ ctx })} />;
}
