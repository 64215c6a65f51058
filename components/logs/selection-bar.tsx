'use client';

import { Columns2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';

/** How many requests can stand side by side. */
const MOST = 4;

/** What can be done with the rows that are ticked. */
export function SelectionBar({ org, ids, onClear }: { org: string; ids: readonly string[]; onClear: () => void }) {
  const t = useTranslations('logs.selection');
  const fits = ids.length >= 2 && ids.length <= MOST;
  return (
    <section
      aria-label={t('label')}
      className="fixed bottom-4 left-1/2 z-20 flex max-w-[calc(100vw-24px)] -translate-x-1/2 flex-wrap items-center gap-2 rounded-lg border bg-popover p-2 pl-4 shadow-float"
    >
      <span role="status" className="text-sm">
        {t('ticked', { count: ids.length })}
        {ids.length > MOST && <span className="text-muted-foreground"> {t('most', { count: MOST })}</span>}
      </span>
      {fits ? (
        <Button asChild size="sm">
          <Link href={`/${org}/logs/compare?ids=${ids.join(',')}`}>
            <Columns2 aria-hidden />
            {t('compare')}
          </Link>
        </Button>
      ) : (
        <Button size="sm" disabled>
          <Columns2 aria-hidden />
          {t('compare')}
        </Button>
      )}
      <Button variant="ghost" size="sm" onClick={onClear}>
        {t('clear')}
      </Button>
    </section>
  );
}
