import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getFormatter, getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { AccountNotice } from '@/components/billing/account-notice';
import { AutoRechargeForm } from '@/components/billing/auto-recharge-form';
import { BillingNotice } from '@/components/billing/billing-notice';
import { CheckoutWatcher } from '@/components/billing/checkout-watcher';
import { FundsTable } from '@/components/billing/funds-table';
import { HistoryTable } from '@/components/billing/history-table';
import { InvoicesTable } from '@/components/billing/invoices-table';
import { OutcomeButton } from '@/components/billing/outcome-button';
import { PlanUsage } from '@/components/billing/plan-usage';
import { RedeemForm } from '@/components/billing/redeem-form';
import { SpendTable } from '@/components/billing/spend-table';
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
import { readAutoRecharge } from '@/lib/services/billing/auto-recharge';
import { readHistory, readSpend } from '@/lib/services/billing/read-history';
import { listInvoices } from '@/lib/services/billing/list-invoices';
import { type BillingOverview, readBilling } from '@/lib/services/billing/read-billing';
import { readCheckout } from '@/lib/services/billing/read-checkout';
import { TOP_UP_MAX, TOP_UP_MIN, TOP_UP_PACKS } from '@/lib/services/billing/top-up';
import { hasRight } from '@/lib/services/context';
import { managePaymentAction, readCheckoutAction, redeemCodeAction, resumePlanAction, saveAutoRechargeAction, topUpAction } from './actions';

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
  // Somebody else's checkout and one that never was are told alike.
  if (checkout === 'success' && sessionId && !returned) notFound();
  const billing = await readBilling({ ctx });
  // What may be owed is a limit, shown beside its use; it is no credit.
  const funds = billing.balance.funds.filter(({ fund }) => fund !== 'overage');
  const [recharge, history, spend] = await Promise.all([readAutoRecharge({ ctx }), readHistory({ ctx }), readSpend({ ctx })]);
  const more = await getTranslations('billingMore');
  const format = await getFormatter();
  const until = billing.account.graceUntil && format.dateTime(new Date(billing.account.graceUntil), { dateStyle: 'medium', timeZone: ctx.org.timezone });
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { plan: billing.plan.name, available: moneyShort(billing.balance.availableUsd) })} />
      {returned && sessionId && <CheckoutWatcher first={returned} read={readCheckoutAction.bind(null, slug, sessionId)} />}
      <BillingNotice mode={billing.mode} />
      <AccountNotice state={billing.account.state} until={until} payUrl={billing.account.payUrl} />
      <div className="grid gap-6">
        <PlanSection slug={slug} timezone={ctx.org.timezone} billing={billing} />
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">{more('usage.title')}</h2>
          <PlanUsage rows={billing.quota} />
        </section>
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">{t('funds.title')}</h2>
          {funds.length > 0 ? (
            <FundsTable funds={funds} />
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
        {billing.canWrite && billing.mode !== 'off' && (
          <Card>
            <CardHeader>
              <div>
                <CardTitle>{more('autoRecharge.title')}</CardTitle>
                <CardDescription>{more('autoRecharge.body')}</CardDescription>
              </div>
            </CardHeader>
            <CardContent>
              <AutoRechargeForm
                first={recharge ?? { enabled: false, thresholdUsd: '5.00', amountUsd: '25.00', monthlyCapUsd: '100.00' }}
                pausedReason={recharge?.pausedReason ?? null}
                action={saveAutoRechargeAction.bind(null, slug)}
              />
            </CardContent>
          </Card>
        )}
        {billing.canWrite && (
          <Card>
            <CardHeader>
              <div>
                <CardTitle>{more('redeem.title')}</CardTitle>
                <CardDescription>{more('redeem.body')}</CardDescription>
              </div>
            </CardHeader>
            <CardContent>
              <RedeemForm action={redeemCodeAction.bind(null, slug)} />
            </CardContent>
          </Card>
        )}
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">{t('invoices.title')}</h2>
          <Suspense fallback={<Skeleton className="h-24 rounded-lg" />}>
            <Invoices ctx={ctx} />
          </Suspense>
        </section>
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">{more('spend.title')}</h2>
          <SpendTable months={spend} />
        </section>
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">{more('history.title')}</h2>
          <HistoryTable rows={history} />
        </section>
      </div>
    </>
  );
}

/** Comes when Stripe has answered; the rest of the page does not wait for it. */
async function Invoices({ ctx }: { ctx: OrgCtx }) {
  return <InvoicesTable invoices={await listInvoices({ ctx })} path={`/${ctx.org.slug}/settings/billing/invoices`} />;
}

async function PlanSection({ slug, timezone, billing }: { slug: string; timezone: string; billing: BillingOverview }) {
  const t = await getTranslations('billing.plan');
  const more = await getTranslations('billingMore');
  const format = await getFormatter();
  const { subscription, plan } = billing;
  const date = subscription?.renewsAt ? format.dateTime(new Date(subscription.renewsAt), { dateStyle: 'medium', timeZone: timezone }) : null;
  const state = !subscription
    ? t('noSubscription')
    : subscription.status === 'past_due'
      ? t('pastDue')
      : billing.nextPlan
        ? more('nextPlan', { plan: billing.nextPlan, date: date ?? '' })
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
          {billing.canWrite && billing.mode !== 'off' && <OutcomeButton label={more('portal')} action={managePaymentAction.bind(null, slug)} />}
        </div>
      </CardHeader>
    </Card>
  );
}
