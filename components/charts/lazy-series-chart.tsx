'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';
import type { SeriesChartProps } from './series-chart';

const Loaded = dynamic(() => import('./series-chart').then((module) => module.SeriesChart), {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});

/** The chart library is the heaviest thing on a page and arrives after it; its place is kept. */
export function LazySeriesChart(props: SeriesChartProps) {
  return (
    <div style={{ height: props.height ?? 260 }}>
      <Loaded {...props} />
    </div>
  );
}
