'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { Skeleton } from '@/components/ui/skeleton';
import { count, countShort } from '@/lib/format/numbers';
import type { CountedField, Facet, RequestCounts } from '@/lib/query/types';
import { type FilterChange, type RequestView, toggleValue } from '@/lib/query/request-view';
import { useFilterLabel } from './use-filter-label';

const FIELDS = ['status', 'is', 'model', 'alias', 'provider', 'key_id', 'user', 'tag', 'error', 'finish'] as const satisfies readonly CountedField[];
/** How many values a filter shows before it is asked for all. */
const SHORT = 5;

interface FacetListProps {
  view: RequestView;
  counts: RequestCounts | undefined;
  /** Old counts stay, dimmed, while new ones are read. */
  dimmed: boolean;
  onChange: (change: FilterChange) => void;
}

/** Every filter with the values that occur in the view and how often. A value that is chosen stays, even where it has none left. */
export function FacetList({ view, counts, dimmed, onChange }: FacetListProps) {
  const t = useTranslations('logs.filters');
  const locale = useLocale();
  if (!counts) return <FacetSkeleton />;
  return (
    <div aria-busy={dimmed || undefined} className={dimmed ? 'grid gap-4 opacity-60 transition-opacity' : 'grid gap-4'}>
      {FIELDS.map((field) => (
        <FacetGroup key={field} field={field} chosen={view[field]} values={counts[field]} onChange={(value) => onChange({ [field]: value })} />
      ))}
      {counts.latest !== null && <p className="text-xs text-muted-foreground">{t('latest', { count: count(counts.latest, locale) })}</p>}
    </div>
  );
}

interface FacetGroupProps {
  field: CountedField;
  chosen: string | null;
  values: readonly Facet[];
  onChange: (value: string | null) => void;
}

function FacetGroup({ field, chosen, values, onChange }: FacetGroupProps) {
  const t = useTranslations('logs');
  const locale = useLocale();
  const labelOf = useFilterLabel();
  const id = useId();
  const [whole, setWhole] = useState(false);
  const set = chosen ? chosen.split(',') : [];
  const all: Facet[] = [
    ...values,
    ...set.filter((value) => !values.some((facet) => facet.id === value)).map((value) => ({ id: value, label: value, requests: 0 })),
  ];
  if (all.length === 0) return null;
  const shown = whole ? all : all.filter((facet, at) => at < SHORT || set.includes(facet.id));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-muted-foreground">{t(`filters.${field}`)}</legend>
      <ul className={whole ? 'max-h-72 overflow-y-auto' : undefined}>
        {shown.map((facet) => (
          <li key={facet.id} className="-mx-1.5 flex min-h-6.5 items-center gap-2 rounded-md px-1.5 hover:bg-accent">
            <Checkbox
              id={`${id}-${facet.id}`}
              checked={set.includes(facet.id)}
              onCheckedChange={(on) => onChange(toggleValue(chosen, facet.id, on))}
            />
            <Label htmlFor={`${id}-${facet.id}`} className="flex min-w-0 flex-1 items-baseline gap-2 font-normal" title={facet.label}>
              <span className="min-w-0 flex-1 truncate">{labelOf(field, facet.id, facet.label)}</span>
              <span className="figures text-xs text-muted-foreground">{countShort(facet.requests, locale)}</span>
            </Label>
          </li>
        ))}
      </ul>
      {all.length > shown.length || whole ? (
        <button type="button" onClick={() => setWhole(!whole)} className="mt-0.5 min-h-6 rounded-sm text-xs text-primary hover:underline">
          {whole ? t('filters.fewer') : t('filters.more', { count: all.length - shown.length })}
        </button>
      ) : null}
    </fieldset>
  );
}

export function FacetSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-4">
      {[3, 2, 5, 4, 3].map((rows, at) => (
        <div key={at} className="grid gap-2">
          <Skeleton className="h-3 w-16" />
          {Array.from({ length: rows }, (_, row) => (
            <Skeleton key={row} className="h-4 w-full" />
          ))}
        </div>
      ))}
    </div>
  );
}
