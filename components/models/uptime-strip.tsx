import { useFormatter, useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import type { ModelDetail } from '@/lib/query/types';

type Days = Extract<ModelDetail, { kind: 'model' }>['days'];

/** Height and colour say the same thing, so that neither has to be seen alone. */
const LOOKS: Record<Days[number]['state'], string> = { quiet: 'h-2 bg-border', good: 'h-6 bg-success', shaky: 'h-4 bg-warning', bad: 'h-3 bg-danger' };

/** How a model did, day by day over thirty days. */
export function UptimeStrip({ days }: { days: Days }) {
  const t = useTranslations('models.detail');
  const format = useFormatter();
  const troubled = days.filter(({ state }) => state === 'bad' || state === 'shaky').length;
  const label = t('strip', { count: troubled });
  return (
    <figure className="grid gap-2">
      <span role="img" aria-label={label} className="flex h-6 items-end gap-px">
        {days.map(({ day, state }) => (
          <span
            key={day}
            title={`${format.dateTime(new Date(`${day}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })}: ${t(`state.${state}`)}`}
            className={cn('min-w-0 flex-1 rounded-[2px]', LOOKS[state])}
          />
        ))}
      </span>
      <figcaption className="text-xs text-muted-foreground">
        {label} {t('stripLegend')}
      </figcaption>
    </figure>
  );
}
