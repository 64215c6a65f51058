'use client';

import { useTranslations } from 'next-intl';
import { Money } from '@/components/patterns/money';
import { moneyShort, moneyToNumber } from '@/lib/format/money';
import type { BudgetView } from '@/lib/services/budgets/budget-view';

/** What is spent of a budget in the open window, with a mark where the pace so far leads. */
export function SpentBar({ budget }: { budget: BudgetView }) {
  const t = useTranslations('budgets');
  const limit = moneyToNumber(budget.limitUsd);
  const shareOf = (usd: string) => (limit === 0 ? 1 : Math.min(1, moneyToNumber(usd) / limit));
  const share = shareOf(budget.spentUsd);
  const pace = budget.forecast.endUsd === null ? null : shareOf(budget.forecast.endUsd);
  const tone = budget.state === 'ok' ? 'bg-primary' : budget.state === 'warning' ? 'bg-warning' : 'bg-danger';
  return (
    <div className="grid w-56 max-w-full gap-1">
      <p className="text-sm">
        {t.rich('spent', {
          spent: () => <Money usd={budget.spentUsd} />,
          limit: moneyShort(budget.limitUsd),
          period: t(`per.${budget.period}`),
          muted: (text) => <span className="text-muted-foreground">{text}</span>,
        })}
      </p>
      <div
        role="meter"
        aria-label={t('meter')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className="relative h-1.5 overflow-hidden rounded-full bg-accent"
      >
        {pace !== null && <div className={`absolute inset-0 origin-left opacity-25 ${tone}`} style={{ transform: `scaleX(${pace})` }} />}
        <div className={`absolute inset-0 origin-left ${tone}`} style={{ transform: `scaleX(${share})` }} />
      </div>
      {budget.top && <p className="truncate text-xs text-muted-foreground">{t('top', { name: budget.top })}</p>}
      {moneyToNumber(budget.heldUsd) > 0 && <p className="text-xs text-muted-foreground">{t('held', { amount: moneyShort(budget.heldUsd) })}</p>}
    </div>
  );
}
