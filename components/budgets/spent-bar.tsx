'use client';

import { useTranslations } from 'next-intl';
import { Meter } from '@/components/patterns/meter';
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
      <Meter label={t('meter')} share={share} pace={pace} tone={budget.state === 'ok' || budget.state === 'warning' ? budget.state : 'danger'} />
      {budget.top && <p className="truncate text-xs text-muted-foreground">{t('top', { name: budget.top })}</p>}
      {moneyToNumber(budget.heldUsd) > 0 && <p className="text-xs text-muted-foreground">{t('held', { amount: moneyShort(budget.heldUsd) })}</p>}
    </div>
  );
}
