'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Time } from '@/components/patterns/time';
import { Card } from '@/components/ui/card';
import { moneyShort } from '@/lib/format/money';
import type { BudgetBurn } from '@/lib/query/types';
import { Rope } from './rope';

interface RopeCardProps {
  org: string;
  burn: BudgetBurn;
  /** On the overview the card leads to the budgets. */
  linked?: boolean;
}

/** One budget's open window as a drawing and a sentence. */
export function RopeCard({ org, burn, linked }: RopeCardProps) {
  const t = useTranslations('budgets');
  const { budget } = burn;
  const name =
    budget.scope.type === 'organization'
      ? t('scope.organization')
      : `${t(`scope.${budget.scope.type}`)} ${budget.scope.id === '*' ? t(`each.${budget.scope.type as 'key'}`) : budget.scope.label}`;
  const spent = t('rope.spent', { spent: moneyShort(budget.spentUsd), limit: moneyShort(budget.limitUsd), period: t(`per.${budget.period}`) });
  return (
    <Card className="grid content-start gap-2 p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-base font-semibold">
          {t('rope.title')} <span className="font-normal text-muted-foreground">{name}</span>
        </h2>
        {linked && (
          <Link href={`/${org}/budgets?show=${budget.id}`} className="text-sm text-primary hover:underline">
            {t('rope.all')}
          </Link>
        )}
      </div>
      <p className="text-sm text-muted-foreground">
        {spent} <Outlook burn={burn} />
      </p>
      <Rope burn={burn} label={spent} />
    </Card>
  );
}

function Outlook({ burn: { budget, end } }: { burn: BudgetBurn }) {
  const t = useTranslations('budgets.rope');
  if (budget.state === 'blocked' || budget.state === 'reached') {
    return (
      <span className="text-danger">{budget.resetsAt ? t.rich('reached', { date: () => <Time iso={budget.resetsAt as string} /> }) : t('reachedForGood')}</span>
    );
  }
  if (budget.forecast.runsOutAt) {
    return (
      <span className="text-warning">
        {t.rich('runsOut', { date: () => <Time iso={budget.forecast.runsOutAt as string} format={budget.period === 'day' ? 'log' : 'date'} /> })}
      </span>
    );
  }
  if (end) return t('pace', { middle: moneyShort(end.middle_usd), low: moneyShort(end.low_usd), high: moneyShort(end.high_usd) });
  return t('noPace');
}
