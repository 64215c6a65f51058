import { useLocale, useTranslations } from 'next-intl';
import { Milliseconds } from '@/components/logs/request-columns';
import { TableCell } from '@/components/ui/table';
import { duration } from '@/lib/format/duration';
import { percent } from '@/lib/format/numbers';
import type { ModelHealthJson } from '@/lib/query/types';

/** Below this share of answered attempts a model is in trouble. */
const POOR = 0.95;

/** How fast a model answered and how often it did, over 24 hours. */
export function Measured({ health }: { health: ModelHealthJson | null }) {
  const t = useTranslations('models.models');
  const locale = useLocale();
  if (!health || health.uptime === null)
    return (
      <TableCell colSpan={2} className="text-right text-xs text-muted-foreground">
        {t('quiet')}
      </TableCell>
    );
  return (
    <>
      <TableCell numeric title={t('latencyTitle', { p50: duration(health.ttft_p50_ms), p95: duration(health.ttft_p95_ms) })}>
        <Milliseconds value={health.ttft_p50_ms} />
      </TableCell>
      <TableCell numeric className={health.uptime < POOR ? 'text-danger' : undefined}>
        {percent(health.uptime, 1, locale)}
      </TableCell>
    </>
  );
}
