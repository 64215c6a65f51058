import { chartColor } from '@/lib/format/entity-color';
import type { Series } from './top-series';

interface SeriesTooltipProps {
  title: string;
  at: number;
  series: readonly Series[];
  previous?: { label: string; values: number[] };
  total?: string;
  stacked: boolean;
  format: (value: number) => string;
}

/** What one bucket holds, series by series, largest first. */
export function SeriesTooltip({ title, at, series, previous, total, stacked, format }: SeriesTooltipProps) {
  const rows = series.map((one) => ({ ...one, value: one.values[at] ?? 0 })).filter((row) => row.value > 0 || !stacked);
  if (stacked) rows.sort((a, b) => b.value - a.value);
  const sum = rows.reduce((all, row) => all + row.value, 0);
  return (
    <div className="min-w-44 rounded-lg bg-popover px-3 py-2 text-xs text-popover-foreground shadow-float">
      <p className="mb-1.5 font-medium">{title}</p>
      <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-2 gap-y-1">
        {rows.map((row) => (
          <div key={row.id} className="contents">
            <span aria-hidden className="size-2 rounded-sm" style={{ background: chartColor(row.color) }} />
            <dt className="max-w-48 truncate text-muted-foreground">{row.label}</dt>
            <dd className="figures text-right">{format(row.value)}</dd>
          </div>
        ))}
        {stacked && total && rows.length !== 1 && (
          <div className="contents font-medium">
            <span />
            <dt>{total}</dt>
            <dd className="figures text-right">{format(sum)}</dd>
          </div>
        )}
        {previous && (
          <div className="contents">
            <span aria-hidden className="w-2 border-t border-dashed border-muted-foreground" />
            <dt className="text-muted-foreground">{previous.label}</dt>
            <dd className="figures text-right text-muted-foreground">{format(previous.values[at] ?? 0)}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
