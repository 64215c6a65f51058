'use client';

import { ChartColumn, Table2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';

interface ChartFrameProps {
  title: ReactNode;
  /** The range, in words. */
  range?: ReactNode;
  /** What the chart says, as a sentence; also its description for screen readers. */
  caption: ReactNode;
  /** The same numbers as a real table. */
  table: ReactNode;
  legend?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A chart with its sentence, and the same data as a table one click away. */
export function ChartFrame({ title, range, caption, table, legend, actions, children }: ChartFrameProps) {
  const t = useTranslations('common');
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <Card>
      <figure aria-labelledby={`${id}-title`} aria-describedby={`${id}-caption`}>
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4">
          <div className="min-w-0">
            <h2 id={`${id}-title`} className="text-base font-semibold">
              {title}
              {range && <span className="ml-2 font-normal text-muted-foreground">{range}</span>}
            </h2>
            <figcaption id={`${id}-caption`} className="mt-0.5 text-sm text-muted-foreground">
              {caption}
            </figcaption>
          </div>
          <div className="flex items-center gap-1.5">
            {actions}
            <Button variant="ghost" size="sm" aria-pressed={asTable} onClick={() => setAsTable((shown) => !shown)}>
              {asTable ? <ChartColumn aria-hidden /> : <Table2 aria-hidden />}
              {asTable ? t('viewAsChart') : t('viewAsTable')}
            </Button>
          </div>
        </div>
        {legend && !asTable && <div className="px-4 pt-3">{legend}</div>}
        <div className="p-4">{asTable ? table : children}</div>
      </figure>
    </Card>
  );
}
