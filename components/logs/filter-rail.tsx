'use client';

import { ListFilter } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { countParams, type FilterChange, type RequestView } from '@/lib/query/request-view';
import { useRequestCounts } from '@/lib/query/use-requests';
import { FacetList } from './facet-list';

const FacetSheet = dynamic(() => import('./facet-sheet').then((module) => module.FacetSheet));
const WIDE = '(min-width: 1400px)';

interface FilterRailProps {
  org: string;
  view: RequestView;
  /** Whether the list itself is there: counting waits for it. */
  ready: boolean;
  onChange: (change: FilterChange) => void;
}

/** The filters with their counts: beside the list where there is room, in a sheet where there is none. */
export function FilterRail({ org, view, ready, onChange }: FilterRailProps) {
  const t = useTranslations('logs.filters');
  const wide = useSyncExternalStore(
    subscribe,
    () => window.matchMedia(WIDE).matches,
    () => null,
  );
  const [open, setOpen] = useState(false);
  const counts = useRequestCounts(org, countParams(view), { enabled: ready && (wide === true || open) });
  const list = <FacetList view={view} counts={counts.data} dimmed={counts.isPlaceholderData} onChange={onChange} />;
  return (
    <>
      <section aria-label={t('label')} className="max-[1399px]:hidden sticky top-6 max-h-[calc(100dvh-3rem)] overflow-y-auto overscroll-contain pr-2 pl-1.5">
        {wide !== false && list}
      </section>
      <Button variant="outline" className="w-fit min-[1400px]:hidden" onClick={() => setOpen(true)}>
        <ListFilter aria-hidden />
        {t('label')}
      </Button>
      {open && (
        <FacetSheet title={t('label')} onClose={() => setOpen(false)}>
          {list}
        </FacetSheet>
      )}
    </>
  );
}

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(WIDE);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}
