import { Check } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card';
import { moneyRate } from '@/lib/format/money';
import type { BillingOutcome, PlanPreviewView } from './outcome';
import { PlanButton } from './plan-button';

interface Plan {
  id: string;
  name: string;
  monthlyUsd: string;
  includedCreditUsd: string;
  rpm: number | null;
  tpm: number | null;
  concurrency: number | null;
  seats: number | null;
  logRetentionDays: number;
  models: 'all' | number;
  isCurrent: boolean;
  isUpgrade: boolean;
}

interface PlanCardProps {
  plan: Plan;
  isSimulated: boolean;
  /** Why the button cannot be pressed; absent when it can. */
  blocked?: string | undefined;
  hasSubscription: boolean;
  preview: () => Promise<PlanPreviewView | null>;
  action: (prorationDate?: number, when?: 'now') => Promise<BillingOutcome>;
}

/** One plan: what it costs, what it allows, and the button that chooses it. */
export function PlanCard({ plan, isSimulated, blocked, hasSubscription, preview, action }: PlanCardProps) {
  const t = useTranslations('billing.upgrade');
  const format = useFormatter();
  const count = (limit: number | null): string => (limit === null ? t('unlimited') : format.number(limit));
  const isFree = Number(plan.monthlyUsd) === 0;
  const lines = [
    isFree
      ? t('limits.creditFree', { usd: moneyRate(plan.includedCreditUsd) })
      : isSimulated
        ? t('limits.creditSimulated', { usd: moneyRate(plan.includedCreditUsd) })
        : t('limits.credit', { usd: moneyRate(plan.includedCreditUsd) }),
    t('limits.rpm', { count: count(plan.rpm) }),
    t('limits.tpm', { count: count(plan.tpm) }),
    t('limits.concurrency', { count: count(plan.concurrency) }),
    plan.models === 'all' ? t('limits.allModels') : t('limits.models', { count: plan.models }),
    t('limits.seats', { count: count(plan.seats) }),
    t('limits.logs', { days: plan.logRetentionDays }),
  ];
  const name = plan.name;
  return (
    <Card className={plan.isCurrent ? 'flex flex-col border-primary' : 'flex flex-col'} data-plan={plan.id}>
      <CardHeader>
        <CardTitle className="text-lg">{name}</CardTitle>
        {plan.isCurrent && <Badge variant="primary">{t('current')}</Badge>}
      </CardHeader>
      <CardContent className="grid flex-1 content-start gap-4">
        <p>
          <span className="figures text-2xl font-semibold">{moneyRate(plan.monthlyUsd)}</span>{' '}
          <span className="text-sm text-muted-foreground">{t('perMonth')}</span>
        </p>
        <ul className="grid gap-2 text-base">
          {lines.map((line) => (
            <li key={line} className="flex gap-2">
              <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-primary" strokeWidth={1.75} />
              {line}
            </li>
          ))}
        </ul>
      </CardContent>
      <CardFooter>
        {plan.isCurrent ? (
          <p className="flex h-10 items-center text-base text-muted-foreground">{t('isCurrent')}</p>
        ) : (
          <PlanButton
            label={plan.isUpgrade ? t('upgradeTo', { name }) : t('choose', { name })}
            isMain={plan.isUpgrade}
            disabled={blocked !== undefined}
            question={question()}
            preview={hasSubscription ? preview : undefined}
            action={action}
          />
        )}
        {!plan.isCurrent && blocked && <p className="text-sm text-muted-foreground">{blocked}</p>}
      </CardFooter>
    </Card>
  );

  function question(): { title: string; body: string } | undefined {
    if (!hasSubscription) return undefined;
    return isFree
      ? { title: t('end.title', { name }), body: t('end.body', { name }) }
      : plan.isUpgrade
        ? { title: t('change.title', { name }), body: t('change.body', { name }) }
        : { title: t('end.title', { name }), body: t('end.body', { name }) };
  }
}
