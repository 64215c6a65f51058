import { Check } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { count } from '@/lib/format/numbers';
import { PLAN_FEATURES } from '@/lib/kernel/plan-features';
import type { PublicPlan } from '@/lib/services/orgs/list-public-plans';

/** Public plans side by side. Signed-in readers go on to the upgrade page, others to sign-up. */
export function PlanGrid({ plans, upgradeHref }: { plans: PublicPlan[]; upgradeHref: string | null }) {
  const t = useTranslations('site.pricing');
  const locale = useLocale();
  const symbol = (plan: PublicPlan) => (plan.currency === 'USD' ? '$' : `${plan.currency} `);

  const lines = (plan: PublicPlan): string[] =>
    [
      plan.includedCredit === '0.00' ? t('noCredit') : t('includes', { amount: `$${plan.includedCredit}` }),
      plan.allow.includes('*') ? t('allModels') : t('someModels', { names: plan.allow.join(', ') }),
      plan.rpm === null ? null : t('rpm', { count: count(plan.rpm, locale) }),
      plan.tpm === null ? null : t('tpm', { count: count(plan.tpm, locale) }),
      plan.concurrency === null ? t('unlimited') : t('concurrency', { count: count(plan.concurrency, locale) }),
      t('retention', { days: plan.logRetentionDays }),
      plan.seats === null ? null : t('seats', { count: plan.seats }),
      plan.budget === null ? null : t('budget', { amount: `$${plan.budget.limit}`, period: plan.budget.period }),
      ...PLAN_FEATURES.filter((feature) => plan.features.includes(feature)).map((feature) => t(`feature.${feature}`)),
    ].filter((line) => line !== null);

  return (
    <div className="grid gap-4 md:grid-cols-3">
      {plans.map((plan) => (
        <Card key={plan.id} className="flex flex-col p-5">
          <h2 className="text-lg font-semibold">{plan.name}</h2>
          <p className="mt-2 flex items-baseline gap-1.5">
            <span className="figures text-2xl font-medium">
              {symbol(plan)}
              {plan.monthly}
            </span>
            <span className="text-sm text-muted-foreground">{t('month')}</span>
          </p>
          <ul className="mt-5 mb-6 grid gap-2 text-base">
            {lines(plan).map((line) => (
              <li key={line} className="grid grid-cols-[16px_1fr] gap-2.5">
                <Check aria-hidden className="mt-0.5 size-4 text-primary" />
                <span className="min-w-0 break-words">{line}</span>
              </li>
            ))}
          </ul>
          <Button asChild variant={plan.monthly === '0' ? 'outline' : 'default'} className="mt-auto">
            <Link href={upgradeHref ?? '/sign-up'} aria-label={`${upgradeHref ? t('upgrade', { plan: plan.name }) : `${t('choose')} · ${plan.name}`}`}>
              {upgradeHref ? t('upgrade', { plan: plan.name }) : t('choose')}
            </Link>
          </Button>
        </Card>
      ))}
    </div>
  );
}
