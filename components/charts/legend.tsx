'use client';

import { cn } from '@/components/ui/cn';
import { chartColor } from '@/lib/format/entity-color';
import type { Series } from './top-series';

interface LegendProps {
  series: readonly Series[];
  hidden: ReadonlySet<string>;
  onToggle: (id: string) => void;
  label: string;
}

/** Names the colours; each entry is a button that takes its series out of the drawing. */
export function Legend({ series, hidden, onToggle, label }: LegendProps) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-x-1 gap-y-0.5">
      {series.map((one) => {
        const shown = !hidden.has(one.id);
        return (
          <li key={one.id}>
            <button
              type="button"
              aria-pressed={shown}
              onClick={() => onToggle(one.id)}
              className={cn(
                'inline-flex h-6 max-w-56 items-center gap-1.5 rounded-sm px-1.5 text-xs hover:bg-accent',
                !shown && 'text-muted-foreground line-through',
              )}
            >
              <span aria-hidden className="size-2 shrink-0 rounded-sm" style={{ background: shown ? chartColor(one.color) : 'var(--border-strong)' }} />
              <span className="truncate">{one.label}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
