'use client';

import { useLocale, useTranslations } from 'next-intl';
import { CardTable } from '@/components/operator/card-table';
import { Badge } from '@/components/ui/badge';
import { duration } from '@/lib/format/duration';
import { moneyShort } from '@/lib/format/money';
import { count, percent } from '@/lib/format/numbers';
import type { TargetComparison } from '@/lib/services/aliases';

/** How each target did over the last day: whether the one on trial earns its place. */
export function ComparisonTable({ comparison }: { comparison: TargetComparison[] }) {
  const t = useTranslations('operatorAliases');
  const locale = useLocale();
  if (comparison.length === 0) return <p className="rounded-lg border bg-surface px-4 py-8 text-center text-sm text-muted-foreground">{t('compare.none')}</p>;
  const columns = (['target', 'share', 'attempts', 'errors', 'ttft', 'p50', 'p95', 'cost'] as const).map((id) => ({ id, label: t(`compare.${id}`), numeric: id !== 'target' }));
  return (
    <CardTable
      label={t('tab.compare')}
      columns={columns}
      rows={comparison.map((row) => ({
        id: row.model,
        cells: [
          <span key="target" className="inline-flex flex-wrap items-center gap-2">
            <span className="figures break-all">{row.model}</span>
            {row.canary && <Badge variant="info">{t('field.canary')}</Badge>}
          </span>,
          percent(row.share, 1, locale),
          count(row.attempts, locale),
          percent(row.failed, row.attempts, locale),
          duration(row.ttft_p50_ms),
          duration(row.duration_p50_ms),
          duration(row.duration_p95_ms),
          row.cost_per_call_usd === null ? '—' : moneyShort(row.cost_per_call_usd),
        ],
      }))}
    />
  );
}
