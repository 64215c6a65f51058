import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { SectionCard } from '@/components/patterns/section-card';
import { cn } from '@/components/ui/cn';
import { percent } from '@/lib/format/numbers';
import type { HealthCell, ProviderHealth } from '@/lib/services/operator/provider-health';

/** Above this share of failed attempts an hour counts as bad, below it as shaky. */
const BAD_SHARE = 0.2;

/** Providers by hour. The height of a bar says how much failed, so the colour only repeats it. */
export function HealthMatrix({ providers }: { providers: ProviderHealth[] }) {
  const t = useTranslations('operatorOverview');
  const locale = useLocale();
  const format = useFormatter();
  return (
    <SectionCard title={t('health.title')} lead={t('health.lead')}>
      <ul className="grid gap-3">
        {providers.map((provider) => {
          const attempts = sum(provider.hours, 'attempts');
          const failed = sum(provider.hours, 'failed');
          return (
            <li key={provider.id} className="grid items-center gap-x-4 gap-y-1 sm:grid-cols-[12rem_minmax(0,1fr)_8rem]">
              <span className="flex min-w-0 items-center gap-2 text-sm font-medium">
                <ProviderMark adapter={provider.adapter} />
                <span className="truncate">{provider.label}</span>
                {!provider.enabled && <span className="text-xs font-normal text-muted-foreground">{t('health.off')}</span>}
              </span>
              <span role="img" aria-label={t('health.describe', { attempts, failed })} className="flex h-7 items-stretch gap-px">
                {provider.hours.map((cell) => (
                  <span
                    key={cell.hour}
                    title={t('health.hour', { hour: format.dateTime(new Date(cell.hour), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }), attempts: cell.attempts, failed: cell.failed })}
                    className={cn('relative min-w-0 flex-1 overflow-hidden rounded-[2px]', cell.attempts === 0 ? 'bg-surface-muted' : 'bg-success')}
                  >
                    {cell.failed > 0 && (
                      <span
                        className={cn('absolute inset-x-0 top-0', cell.failed / cell.attempts >= BAD_SHARE ? 'bg-danger' : 'bg-warning')}
                        style={{ height: `${Math.max(20, (cell.failed / cell.attempts) * 100)}%` }}
                      />
                    )}
                  </span>
                ))}
              </span>
              <span className="figures text-xs text-muted-foreground sm:text-right">
                {attempts === 0 ? t('health.quiet') : t('health.answered', { share: percent(attempts - failed, attempts, locale) })}
              </span>
            </li>
          );
        })}
      </ul>
    </SectionCard>
  );
}

function sum(cells: HealthCell[], of: 'attempts' | 'failed'): number {
  return cells.reduce((total, cell) => total + cell[of], 0);
}
