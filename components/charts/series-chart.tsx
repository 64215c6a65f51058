'use client';

import { useReducedMotion } from './use-reduced-motion';
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { bucketLabel } from '@/lib/format/time';
import { chartColor } from '@/lib/format/entity-color';
import { SeriesTooltip } from './series-tooltip';
import type { Series } from './top-series';

export interface SeriesChartProps {
  buckets: string[];
  series: readonly Series[];
  /** Bars stand on each other; lines do not add up. */
  kind: 'bars' | 'lines';
  previous?: { label: string; values: number[] };
  locale: string;
  totalLabel?: string;
  format: (value: number) => string;
  formatAxis: (value: number) => string;
  /** Names the drawing for screen readers. */
  label: string;
  height?: number;
}

/** Series over time. The same numbers are on the page as a table, so the drawing itself is one labelled image that arrow keys can read. */
export function SeriesChart({ buckets, series, kind, previous, locale, totalLabel, format, formatAxis, label, height = 260 }: SeriesChartProps) {
  const still = useReducedMotion();
  const data = buckets.map((bucket, at) => ({
    bucket,
    at,
    previous: previous?.values[at] ?? null,
    ...Object.fromEntries(series.map((one, index) => [`s${index}`, kind === 'lines' && Number.isNaN(one.values[at]) ? null : (one.values[at] ?? 0)])),
  }));
  const axis = { stroke: 'var(--border)', tick: { fill: 'var(--muted-foreground)', fontSize: 11 }, tickLine: false, axisLine: false } as const;
  return (
    <div style={{ height }} className="w-full [&_.recharts-surface]:outline-none [&_.recharts-wrapper:focus-within]:outline-2">
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 720, height }}>
        <ComposedChart data={data} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} barCategoryGap={buckets.length > 45 ? 1 : '18%'} title={label}>
          <CartesianGrid vertical={false} stroke="var(--border)" strokeOpacity={0.7} />
          <XAxis dataKey="bucket" tickFormatter={(bucket: string) => bucketLabel(bucket, locale)} minTickGap={28} tickMargin={8} {...axis} />
          <YAxis width={axisWidth(buckets, series, previous, kind, formatAxis)} tickFormatter={formatAxis} tickCount={5} {...axis} />
          <Tooltip
            isAnimationActive={false}
            cursor={kind === 'bars' ? { fill: 'var(--accent)', fillOpacity: 0.6 } : { stroke: 'var(--border-strong)' }}
            content={({ active, payload }) => {
              const at = (payload?.[0]?.payload as { at?: number } | undefined)?.at;
              if (!active || at === undefined) return null;
              return (
                <SeriesTooltip
                  title={bucketLabel(buckets[at] ?? '', locale, true)}
                  at={at}
                  series={series}
                  previous={previous}
                  total={totalLabel}
                  stacked={kind === 'bars'}
                  format={format}
                />
              );
            }}
          />
          {series.map((one, index) =>
            kind === 'bars' ? (
              <Bar
                key={one.id}
                dataKey={`s${index}`}
                name={one.label}
                stackId="all"
                fill={chartColor(one.color)}
                maxBarSize={36}
                isAnimationActive={false}
                stroke="var(--surface)"
                strokeWidth={buckets.length > 45 ? 0 : 1}
              />
            ) : (
              <Line
                key={one.id}
                dataKey={`s${index}`}
                name={one.label}
                stroke={chartColor(one.color)}
                strokeWidth={2}
                strokeDasharray={index === 0 ? undefined : LINE_DASHES[index % LINE_DASHES.length]}
                dot={buckets.length < 32 ? { r: 2, fill: chartColor(one.color), strokeWidth: 0 } : false}
                isAnimationActive={!still}
                animationDuration={180}
                connectNulls={false}
              />
            ),
          )}
          {previous && (
            <Line
              dataKey="previous"
              name={previous.label}
              stroke="var(--muted-foreground)"
              strokeWidth={1.5}
              strokeDasharray="4 4"
              dot={false}
              isAnimationActive={false}
            />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Wide enough for the longest label the axis can have: a quarter of the highest value has the most digits. */
function axisWidth(
  buckets: readonly string[],
  series: readonly Series[],
  previous: SeriesChartProps['previous'],
  kind: SeriesChartProps['kind'],
  formatAxis: (value: number) => string,
): number {
  const heights = buckets.map((_, at) => {
    const values = series.map((one) => one.values[at] ?? 0).filter((value) => !Number.isNaN(value));
    return kind === 'bars' ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values);
  });
  const highest = Math.max(...heights, ...(previous?.values ?? []), 0);
  const longest = Math.max(...[0.25, 0.5, 0.75, 1].map((share) => formatAxis(highest * share).length));
  return Math.max(NARROWEST_AXIS_PX, Math.ceil(longest * DIGIT_PX) + 12);
}

const NARROWEST_AXIS_PX = 44;
const DIGIT_PX = 6.6;

/** Lines differ by dash as well as by colour. */
const LINE_DASHES = ['', '6 3', '2 3', '8 3 2 3'];
