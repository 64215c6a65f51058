'use client';

import { X } from 'lucide-react';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { logTime } from '@/lib/format/time';
import { type FilterChange, isFiltered, type RequestView, toggleValue, VALUE_FILTERS } from '@/lib/query/request-view';
import { useFilterLabel } from './use-filter-label';

interface FilterChipsProps {
  view: RequestView;
  /** Names of keys and providers, where they are known. */
  names: Record<string, string>;
  onChange: (change: FilterChange) => void;
  onClear: () => void;
}

/** What narrows the list now, one chip per value, each removed by a press. */
export function FilterChips({ view, names, onChange, onClear }: FilterChipsProps) {
  const t = useTranslations('logs.filters');
  const locale = useLocale();
  const zone = useTimeZone() ?? 'UTC';
  const labelOf = useFilterLabel();
  const when = (iso: string | null): string => {
    if (!iso) return '…';
    const { date, time } = logTime(iso, locale, zone);
    return `${date} ${time.slice(0, 5)}`;
  };
  const chips = VALUE_FILTERS.flatMap((field) =>
    (view[field] ?? '')
      .split(',')
      .filter(Boolean)
      .map((value) => ({ field, value })),
  );
  if (!isFiltered(view) && !view.from && !view.to) return null;
  return (
    <ul aria-label={t('active')} className="flex flex-wrap items-center gap-1.5">
      {(view.from || view.to) && (
        <Chip
          name={t('span')}
          value={`${when(view.from)} – ${when(view.to)}`}
          remove={t('remove', { filter: t('span') })}
          onRemove={() => onChange({ from: null, to: null })}
        />
      )}
      {chips.map(({ field, value }) => (
        <Chip
          key={`${field}-${value}`}
          name={t(field)}
          value={labelOf(field, value, names[value])}
          remove={t('remove', { filter: `${t(field)} ${labelOf(field, value, names[value])}` })}
          onRemove={() => onChange({ [field]: toggleValue(view[field], value, false) })}
        />
      ))}
      <li>
        <Button variant="ghost" size="sm" onClick={onClear}>
          {t('clear')}
        </Button>
      </li>
    </ul>
  );
}

function Chip({ name, value, remove, onRemove }: { name: string; value: string; remove: string; onRemove: () => void }) {
  return (
    <li className="min-w-0">
      <button
        type="button"
        aria-label={remove}
        onClick={onRemove}
        className="flex h-7 max-w-full items-center gap-1.5 rounded-md bg-primary-soft pr-1.5 pl-2 text-sm text-primary transition-colors hover:bg-accent"
      >
        <span className="whitespace-nowrap opacity-80">{name}</span>
        <span className="max-w-56 truncate font-medium">{value}</span>
        <X aria-hidden className="size-3.5 shrink-0" />
      </button>
    </li>
  );
}
