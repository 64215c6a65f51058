'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { ChartFrame } from '@/components/patterns/chart-frame';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { bucketLabel } from '@/lib/format/time';
import { LazySeriesChart } from './lazy-series-chart';
import { Legend } from './legend';
import type { SeriesChartProps } from './series-chart';

interface SeriesFigureProps extends Omit<SeriesChartProps, 'label'> {
  title: string;
  /** The range, in words. */
  range?: string;
  /** One sentence that says what the drawing shows. */
  caption: ReactNode;
}

/** Series over time with their sentence, their legend, and their numbers as a real table one button away. */
export function SeriesFigure({ title, range, caption, previous, ...given }: SeriesFigureProps) {
  const t = useTranslations('usage.chart');
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  // A span before anything happened would only draw a line on the axis.
  const chart = previous?.values.some((value) => value > 0) ? { ...given, previous } : given;
  const toggle = (series: string): void => {
    setHidden((before) => {
      const next = new Set(before);
      if (!next.delete(series)) next.add(series);
      return next;
    });
  };
  const legend = (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <Legend series={chart.series} hidden={hidden} onToggle={toggle} label={t('legend')} />
      {'previous' in chart && (
        <span className="inline-flex items-center gap-1.5 text-xs text-muted-foreground">
          <span aria-hidden className="w-4 border-t border-dashed border-muted-foreground" />
          {chart.previous.label}
        </span>
      )}
    </div>
  );
  return (
    <ChartFrame title={title} range={range} caption={caption} table={<SeriesTable {...chart} label={title} />} legend={legend}>
      <LazySeriesChart {...chart} label={title} series={chart.series.filter((one) => !hidden.has(one.id))} />
    </ChartFrame>
  );
}

function SeriesTable({ buckets, series, previous, locale, label, format }: SeriesChartProps) {
  const t = useTranslations('usage.chart');
  return (
    <Table aria-label={label} containerClassName="max-h-96 overflow-y-auto">
      <TableHeader className="sticky top-0 z-10 bg-surface">
        <TableRow>
          <TableHead>{t('when')}</TableHead>
          {series.map((one) => (
            <TableHead key={one.id} numeric>
              {one.label}
            </TableHead>
          ))}
          {previous && <TableHead numeric>{previous.label}</TableHead>}
        </TableRow>
      </TableHeader>
      <TableBody>
        {buckets.map((bucket, at) => (
          <TableRow key={bucket}>
            <TableHead scope="row" className="font-normal text-foreground">
              {bucketLabel(bucket, locale, true)}
            </TableHead>
            {series.map((one) => (
              <TableCell key={one.id} numeric>
                {Number.isNaN(one.values[at]) ? '—' : format(one.values[at] ?? 0)}
              </TableCell>
            ))}
            {previous && (
              <TableCell numeric className="text-muted-foreground">
                {format(previous.values[at] ?? 0)}
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
