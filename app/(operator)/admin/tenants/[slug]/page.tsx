import type { Metadata } from 'next';
import { TenantPage } from '@/components/operator/tenants/tenant-page';
import { requireOperator } from '@/lib/auth/require';
import { orNotFound } from '@/lib/http/or-not-found';
import { listPlans } from '@/lib/services/operator/plans/list-plans';
import { getTenant } from '@/lib/services/operator/tenants/get-tenant';
import {
  grantCreditAction,
  resumeTenantAction,
  setTenantLimitsAction,
  setTenantModelsAction,
  setTenantNotesAction,
  setTenantPlanAction,
  suspendTenantAction,
  viewAsAction,
} from '../actions';

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).slug };
}

export default async function Page({ params }: Props) {
  const ctx = await requireOperator();
  const { slug } = await params;
  const tenant = await orNotFound(getTenant({ ctx, input: { slug } }));
  const plans = await listPlans({ ctx });
  return (
    <TenantPage
      tenant={tenant}
      plans={plans.map(({ id, name }) => ({ id, name }))}
      actions={{
        setPlan: setTenantPlanAction,
        setLimits: setTenantLimitsAction,
        setModels: setTenantModelsAction,
        setNotes: setTenantNotesAction,
        suspend: suspendTenantAction,
        resume: resumeTenantAction,
        grantCredit: grantCreditAction,
        viewAs: viewAsAction,
      }}
    />
  );
}
