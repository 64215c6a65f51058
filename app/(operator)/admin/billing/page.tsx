import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BillingReportPage } from '@/components/operator/billing/billing-report-page';
import { requireOperator } from '@/lib/auth/require';
import { billingMode } from '@/lib/billing';
import { readBillingReport } from '@/lib/services/operator/billing/billing-report';
import { createCodeAction, disableCodeAction, reconcileAction, refundPaymentAction, resolveAlertAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorBilling'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  return <BillingReportPage report={await readBillingReport({ ctx, mode: billingMode() })} actions={{ refund: refundPaymentAction, createCode: createCodeAction, resolve: resolveAlertAction, disableCode: disableCodeAction, reconcile: reconcileAction }} />;
}
