import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PlansPage } from '@/components/operator/plans/plans-page';
import { requireOperator } from '@/lib/auth/require';
import { listPlans } from '@/lib/services/operator/plans/list-plans';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorPlans'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  return <PlansPage plans={await listPlans({ ctx })} />;
}
