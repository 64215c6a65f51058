'use client';

import { useTranslations } from 'next-intl';
import { Meter } from '@/components/patterns/meter';
import { Money } from '@/components/patterns/money';
import { Time } from '@/components/patterns/time';
import { moneyShort, moneyToNumber } from '@/lib/format/money';
import type { KeyView } from './key-actions';

/** What a key has spent of its budget in the open window. */
export function BudgetBar({ budget }: { budget: NonNullable<KeyView['budget']> }) {
  const t = useTranslations('keys');
  const limit = moneyToNumber(budget.limitUsd);
  const share = limit === 0 ? 1 : Math.min(1, moneyToNumber(budget.spentUsd) / limit);
  return (
    <div className="grid w-40 max-w-full gap-1">
      <p className="text-sm">
        {t.rich('budget.of', {
          spent: () => <Money usd={budget.spentUsd} />,
          limit: moneyShort(budget.limitUsd),
          period: t(`per.${budget.period}`),
          muted: (text) => <span className="text-muted-foreground">{text}</span>,
        })}
      </p>
      <Meter label={t('budget.label')} share={share} tone={share >= 1 ? 'danger' : share >= 0.8 ? 'warning' : 'ok'} />
      {budget.resetsAt && share >= 1 && (
        <p className="text-xs text-muted-foreground">{t.rich('budget.resets', { time: () => <Time iso={budget.resetsAt as string} /> })}</p>
      )}
    </div>
  );
}
