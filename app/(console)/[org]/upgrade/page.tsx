import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { BillingNotice } from '@/components/billing/billing-notice';
import { PlanCard } from '@/components/billing/plan-card';
import { PageHeader } from '@/components/patterns/page-header';
import { requireOrg } from '@/lib/auth/require';
import { listPlans, type PlanCard as Plan } from '@/lib/services/billing/list-plans';
import { choosePlanAction, previewPlanAction } from '../settings/billing/actions';

type Params = { params: Promise<{ org: string }>; searchParams: Promise<{ checkout?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('billing.upgrade'))('title') };
}

export default async function UpgradePage({ params, searchParams }: Params) {
  const { org: slug } = await params;
  const ctx = await requireOrg(slug, `/${slug}/upgrade`);
  const t = await getTranslations('billing.upgrade');
  const { mode, canChoose, hasSubscription, endsAt, cards } = await listPlans({ ctx });
  const format = await getFormatter();
  const end = endsAt && format.dateTime(new Date(endsAt), { dateStyle: 'medium', timeZone: ctx.org.timezone });
  const isCancelled = (await searchParams).checkout === 'cancelled';
  const blocked = (plan: Plan): string | undefined => {
    const isFree = Number(plan.monthlyUsd) === 0;
    if (!canChoose) return t('blocked.role');
    if (mode === 'off' && !isFree) return t('blocked.off');
    return end && isFree ? t('blocked.ending', { date: end }) : undefined;
  };
  const plan = ctx.org.plan.name;
  return (
    <>
      <PageHeader
        title={t('title')}
        answer={isCancelled ? t('cancelled', { plan }) : end ? t('ending', { org: ctx.org.name, plan, date: end }) : t('answer', { org: ctx.org.name, plan })}
      />
      <BillingNotice mode={mode} />
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {cards.map((card) => (
          <PlanCard
            key={card.id}
            plan={card}
            isSimulated={mode === 'simulator'}
            hasSubscription={hasSubscription}
            blocked={blocked(card)}
            preview={previewPlanAction.bind(null, slug, card.id)}
            action={choosePlanAction.bind(null, slug, card.id)}
          />
        ))}
      </div>
    </>
  );
}
