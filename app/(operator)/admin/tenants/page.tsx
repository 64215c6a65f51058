import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TenantsPage } from '@/components/operator/tenants/tenants-page';
import { requireOperator } from '@/lib/auth/require';
import { listPlans } from '@/lib/services/operator/plans/list-plans';
import { ListTenantsInput, listTenants } from '@/lib/services/operator/tenants/list-tenants';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorTenants'))('title') };
}

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const ctx = await requireOperator();
  const input = ListTenantsInput.parse(await searchParams);
  const [tenants, plans] = await Promise.all([listTenants({ ctx, input }), listPlans({ ctx })]);
  return <TenantsPage key={JSON.stringify(input)} tenants={tenants} plans={plans.map(({ id, name }) => ({ id, name }))} filter={input} />;
}
