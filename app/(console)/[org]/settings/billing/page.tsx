import type { Metadata } from 'next';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { BillingNotice } from '@/components/billing/billing-notice';
import { CheckoutWatcher } from '@/components/billing/checkout-watcher';
import { FundsTable } from '@/components/billing/funds-table';
import { InvoicesTable } from '@/components/billing/invoices-table';
import { PlanButton } from '@/components/billing/plan-button';
import { TopUpForm } from '@/components/billing/top-up-form';
import { PageHeader } from '@/components/patterns/page-header';
import { Forbidden } from '@/components/patterns/states';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { type OrgCtx, requireOrg } from '@/lib/auth/require';
import { moneyRate, moneyShort } from '@/lib/format/money';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { listInvoices } from '@/lib/services/billing/list-invoices';
import { type BillingOverview, readBilling } from '@/lib/services/billing/read-billing';
import { readCheckout } from '@/lib/services/billing/read-checkout';
import { TOP_UP_MAX, TOP_UP_MIN, TOP_UP_PACKS } from '@/lib/services/billing/top-up';
import { hasRight } from '@/lib/services/context';
import { readCheckoutAction, resumePlanAction, topUpAction } from './actions';

type Params = { params: Promise<{ org: string }>; searchParams: Promise<{ checkout?: string; session_id?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('billing'))('title') };
}

export default async function BillingPage({ params, searchParams }: Params) {
  const { org: slug } = await params;
  const { checkout, session_id: sessionId } = await searchParams;
  const ctx = await requireOrg(slug, `/${slug}/settings/billing${sessionId ? `?checkout=${checkout}&session_id=${sessionId}` : ''}`);
  const t = await getTranslations('billing');
  if (!hasRight(ctx.role, 'billing:read')) {
    return (
      <>
        <PageHeader title={t('title')} />
        <Forbidden need="billing:read" who={await listGranters({ ctx })} />
      </>
    );
  }
  const returned = checkout === 'success' && sessionId ? await readCheckout({ ctx, input: { sessionId, ask: false } }) : null;
  const billing = await readBilling({ ctx });
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { plan: billing.plan.name, available: moneyShort(billing.balance.availableUsd) })} />
      {returned && sessionId && <CheckoutWatcher first={returned} read={readCheckoutAction.bind(null, slug, sessionId)} />}
      <BillingNotice mode={billing.mode} />
      <div className="grid gap-6">
        <PlanSection slug={slug} timezone={ctx.org.timezone} billing={billing} />
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">{t('funds.title')}</h2>
          {billing.balance.funds.length > 0 ? (
            <FundsTable funds={billing.balance.funds} />
          ) : (
            <p className="text-base text-muted-foreground">{t('funds.none')}</p>
          )}
        </section>
        {billing.canWrite && billing.mode !== 'off' && (
          <Card>
            <CardHeader>
              <div>
                <CardTitle>{t('topUp.title')}</CardTitle>
                <CardDescription>{billing.mode === 'simulator' ? t('topUp.bodySimulated') : t('topUp.body')}</CardDescription>
              </div>
            </CardHeader>
            <CardContent>
              <TopUpForm packs={TOP_UP_PACKS} min={TOP_UP_MIN} max={TOP_UP_MAX} action={topUpAction.bind(null, slug)} />
            </CardContent>
          </Card>
        )}
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">{t('invoices.title')}</h2>
          <Suspense fallback={<Skeleton className="h-24 rounded-lg" />}>
            <Invoices ctx={ctx} />
          </Suspense>
        </section>
      </div>
    </>
  );
}

/** Comes when Stripe has answered; the rest of the page does not wait for it. */
async function Invoices({ ctx }: { ctx: OrgCtx }) {
  return <InvoicesTable invoices={await listInvoices({ ctx })} />;
}

async function PlanSection({ slug, timezone, billing }: { slug: string; timezone: string; billing: BillingOverview }) {
  const t = await getTranslations('billing.plan');
  const format = await getFormatter();
  const { subscription, plan } = billing;
  const date = subscription?.renewsAt ? format.dateTime(new Date(subscription.renewsAt), { dateStyle: 'medium', timeZone: timezone }) : null;
  const state = !subscription
    ? t('noSubscription')
    : subscription.status === 'past_due'
      ? t('pastDue')
      : subscription.endsAtPeriodEnd
        ? t('ends', { date: date ?? '' })
        : t('renews', { date: date ?? '' });
  return (
    <Card className="pb-4">
      <CardHeader>
        <div>
          <CardTitle>
            {plan.name} · <span className="figures">{moneyRate(plan.monthlyUsd)}</span> {t('perMonth')}
          </CardTitle>
          <CardDescription>{state}</CardDescription>
        </div>
        <div className="flex flex-wrap items-start gap-2">
          {billing.canWrite && subscription?.endsAtPeriodEnd && (
            <PlanButton label={t('resume', { plan: plan.name })} isMain isInline action={resumePlanAction.bind(null, slug)} />
          )}
          <Button asChild variant="outline">
            <Link href={`/${slug}/upgrade`}>{t('compare')}</Link>
          </Button>
        </div>
      </CardHeader>
    </Card>
  );
}
