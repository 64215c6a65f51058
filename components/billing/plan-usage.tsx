import { useTranslations } from 'next-intl';
import { Money } from '@/components/patterns/money';

export interface QuotaRow {
  name: 'credit' | 'overage' | 'members' | 'keys';
  used: string;
  /** Null: without a limit. */
  limit: string | null;
  isMoney: boolean;
}

/** What the plan gives and how much of it is used, one bar each. */
export function PlanUsage({ rows }: { rows: QuotaRow[] }) {
  const t = useTranslations('billingMore.usage');
  return (
    <ul className="grid gap-4 sm:grid-cols-2">
      {rows.map((row) => {
        const share = row.limit === null || Number(row.limit) === 0 ? 0 : Math.min(Number(row.used) / Number(row.limit), 1);
        return (
          <li key={row.name} className="grid content-start gap-1.5">
            <div className="flex flex-wrap justify-between gap-2 text-sm">
              <span className="text-muted-foreground">{t(row.name)}</span>
              <span className="figures">
                {row.isMoney ? <Money usd={row.used} /> : row.used} / {row.limit === null ? t('unlimited') : row.isMoney ? <Money usd={row.limit} /> : row.limit}
              </span>
            </div>
            {row.limit !== null && (
              <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-surface-muted">
                <div className={share >= 0.9 ? 'h-full bg-signal' : 'h-full bg-primary'} style={{ width: `${Math.round(share * 100)}%` }} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
