'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { CardTable } from '@/components/patterns/card-table';
import { Time } from '@/components/patterns/time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { moneyShort } from '@/lib/format/money';
import type { BudgetView } from '@/lib/services/budgets/budget-view';
import { SpentBar } from './spent-bar';

interface BudgetsTableProps {
  org: string;
  budgets: BudgetView[];
  /** The budget whose burn-down is drawn above. */
  drawn: string | null;
  canWrite: boolean;
  onShow: (budget: BudgetView) => void;
  onEdit: (budget: BudgetView) => void;
  onDelete: (budget: BudgetView) => void;
}

export function BudgetsTable({ org, budgets, drawn, canWrite, onShow, onEdit, onDelete }: BudgetsTableProps) {
  const t = useTranslations('budgets');
  return (
    <CardTable
      label={t('title')}
      rows={budgets}
      rowKey={({ id }) => id}
      columns={[
        { id: 'scope', label: t('column.scope'), wide: true, render: (budget) => <Scope org={org} budget={budget} /> },
        { id: 'spent', label: t('column.spent'), wide: true, render: (budget) => <SpentBar budget={budget} /> },
        {
          id: 'action',
          label: t('column.action'),
          render: ({ action, switchTo }) => (
            <>
              <Badge variant={action === 'block' ? 'danger' : action === 'warn' ? 'warning' : 'signal'}>{t(`kind.${action}`)}</Badge>
              {switchTo && <span className="figures ml-1.5 text-xs text-muted-foreground">{switchTo}</span>}
            </>
          ),
        },
        { id: 'forecast', label: t('column.forecast'), render: (budget) => <Outlook budget={budget} /> },
        {
          id: 'resets',
          label: t('column.resets'),
          render: ({ resetsAt }) => (resetsAt ? <Time iso={resetsAt} /> : <span className="text-muted-foreground">{t('never')}</span>),
        },
        {
          id: 'actions',
          label: t('column.actions'),
          quiet: true,
          wide: true,
          render: (budget: BudgetView) => (
            <div className="flex flex-wrap gap-2 lg:justify-end">
              <Button
                variant="ghost"
                size="sm"
                aria-pressed={drawn === budget.id}
                className={drawn === budget.id ? 'text-primary' : undefined}
                onClick={() => onShow(budget)}
              >
                {t('rope.show')}
              </Button>
              {canWrite && (
                <>
                  <Button variant="outline" size="sm" onClick={() => onEdit(budget)}>
                    {t('edit.action')}
                  </Button>
                  <Button variant="outline" size="sm" onClick={() => onDelete(budget)}>
                    {t('delete.action')}
                  </Button>
                </>
              )}
            </div>
          ),
        },
      ]}
    />
  );
}

/** Whose money it is; a link to the calls behind it where the logs can be filtered by it. */
function Scope({ org, budget: { scope } }: { org: string; budget: BudgetView }) {
  const t = useTranslations('budgets');
  const filter = { organization: null, member: null, key: 'key_id', end_user: 'user', tag: 'tag', model: 'model' }[scope.type];
  const name = scope.id === '' ? null : scope.id === '*' ? t(`each.${scope.type as 'key'}`) : scope.label;
  return (
    <div className="min-w-0">
      <p className="font-medium">{t(`scope.${scope.type}`)}</p>
      {name &&
        (filter && scope.id !== '*' ? (
          <Link
            href={`/${org}/logs?${filter}=${encodeURIComponent(scope.id)}`}
            className="text-xs break-all text-muted-foreground underline decoration-border underline-offset-4 hover:decoration-foreground"
          >
            {name}
          </Link>
        ) : (
          <p className="text-xs break-all text-muted-foreground">{name}</p>
        ))}
    </div>
  );
}

function Outlook({ budget: { forecast, state, period } }: { budget: BudgetView }) {
  const t = useTranslations('budgets');
  if (state === 'blocked') return <span className="text-danger">{t('outlook.blocked')}</span>;
  if (state === 'reached') return <span className="text-danger">{t('outlook.reached')}</span>;
  if (forecast.runsOutAt) {
    return (
      <span className="text-warning">
        {t.rich('outlook.runsOut', { date: () => <Time iso={forecast.runsOutAt as string} format={period === 'day' ? 'log' : 'date'} /> })}
      </span>
    );
  }
  if (forecast.endUsd) return <span className="text-muted-foreground">{t('outlook.onPace', { amount: moneyShort(forecast.endUsd) })}</span>;
  return <span className="text-muted-foreground">{t('outlook.noPace')}</span>;
}
