import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OperatorOverviewPage } from '@/components/operator/overview/overview-page';
import { requireOperator } from '@/lib/auth/require';
import { readOverview } from '@/lib/services/operator/read-overview';
import { readChecklist } from '@/lib/services/setup/checklist';
import { dismissChecklistAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorOverview'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  const [overview, checklist] = await Promise.all([readOverview({ ctx }), readChecklist({ ctx })]);
  return <OperatorOverviewPage overview={overview} checklist={checklist} dismissChecklist={dismissChecklistAction} />;
}
