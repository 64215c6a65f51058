import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { cn } from '@/components/ui/cn';
import type { HourState, PublicStatus } from '@/lib/services/status/read-status';

/** Height and colour say the same thing, so that neither has to be seen alone. */
const LOOKS: Record<HourState, string> = { quiet: 'h-2 bg-border', good: 'h-6 bg-success', shaky: 'h-4 bg-warning', bad: 'h-3 bg-danger' };

/** What works now and over the last day, for anybody. */
export function StatusPage({ status }: { status: PublicStatus }) {
  const t = useTranslations('publicStatus');
  const troubled = status.providers.filter(({ state }) => state === 'bad' || state === 'shaky').length;
  const well = status.gateway === 'up' && troubled === 0;
  const Icon = well ? CircleCheck : CircleAlert;
  return (
    <div className="mx-auto w-full max-w-3xl px-4 pt-12 pb-16">
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <p className="mt-3 flex items-center gap-2 text-lg">
        <Icon aria-hidden className={cn('size-5 shrink-0', well ? 'text-success' : 'text-warning')} />
        {status.gateway === 'down' ? t('down') : troubled > 0 ? t('troubled', { count: troubled }) : t('well')}
      </p>
      <h2 className="mt-10 mb-3 text-lg font-semibold">{t('providers')}</h2>
      {status.providers.length === 0 ? (
        <p className="text-sm text-muted-foreground">{t('none')}</p>
      ) : (
        <ul className="grid gap-px overflow-hidden rounded-lg border bg-border">
          {status.providers.map((provider) => (
            <li key={provider.label} className="grid items-center gap-x-4 gap-y-2 bg-surface p-3 sm:grid-cols-[11rem_minmax(0,1fr)_9rem]">
              <span className="flex min-w-0 items-center gap-2 text-sm font-medium">
                <ProviderMark adapter={provider.adapter} />
                <span className="truncate">{provider.label}</span>
              </span>
              <span role="img" aria-label={t('strip', { bad: provider.hours.filter(({ state }) => state === 'bad' || state === 'shaky').length })} className="flex h-6 items-end gap-px">
                {provider.hours.map(({ hour, state }) => (
                  <span key={hour} className={cn('min-w-0 flex-1 rounded-[2px]', LOOKS[state])} />
                ))}
              </span>
              <span className="text-sm text-muted-foreground sm:text-right">{provider.maintenance ? t('state.maintenance') : t(`state.${provider.state}`)}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-3 text-xs text-muted-foreground">{t('legend')}</p>
    </div>
  );
}
