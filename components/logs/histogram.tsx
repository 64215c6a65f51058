'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useRef } from 'react';
import { useBrush } from './use-brush';
import { count } from '@/lib/format/numbers';
import { logTime } from '@/lib/format/time';
import type { HistogramBar, RequestHistogram } from '@/lib/query/types';
import { useWidth } from './use-width';

/** The least a bar measures, with its gap: what a finger can hit. */
const BAR_PX = 25;

interface HistogramProps {
  histogram: RequestHistogram;
  /** Narrows the list to one bar, or to those the pointer was drawn across. */
  onPick: (from: string, to: string) => void;
}

/** When requests came and how they ended: answered, refused (4xx), failed (5xx). Each bar is a button that narrows the list to its time; drawing across several takes them all. */
export function Histogram({ histogram, onPick }: HistogramProps) {
  const t = useTranslations('logs.histogram');
  const locale = useLocale();
  const zone = useTimeZone() ?? 'UTC';
  const list = useRef<HTMLUListElement>(null);
  const width = useWidth(list);
  const merged = width === null ? 1 : Math.ceil((histogram.bars.length * BAR_PX) / width);
  const bars = mergeBars(histogram.bars, merged);
  const highest = Math.max(1, ...bars.map(total));
  const endOf = (bar: HistogramBar): string => new Date(Date.parse(bar.at) + histogram.step_ms * merged).toISOString();
  const brush = useBrush(list, bars.length, (first, last) => {
    const [from, to] = [bars[first], bars[last]];
    if (from && to) onPick(from.at, endOf(to));
  });
  const when = (iso: string): string => {
    const { date, time } = logTime(iso, locale, zone);
    return `${date} ${time.slice(0, 5)}`;
  };
  return (
    <div>
      <ul ref={list} aria-label={t('label')} className="flex h-14 touch-pan-y items-stretch gap-px select-none" {...brush.handlers}>
        {bars.map((bar, at) => {
          const text = t('bar', {
            when: when(bar.at),
            ok: count(bar.ok, locale),
            refused: count(bar.client_error, locale),
            failed: count(bar.server_error, locale),
          });
          return (
            <li key={bar.at} className={brush.holds(at) ? 'flex min-w-0 flex-1 bg-primary-soft' : 'flex min-w-0 flex-1'}>
              <button
                type="button"
                disabled={total(bar) === 0}
                aria-label={text}
                title={text}
                onClick={() => !brush.drew() && onPick(bar.at, endOf(bar))}
                className="flex w-full flex-col justify-end rounded-sm hover:bg-accent disabled:cursor-default disabled:hover:bg-transparent"
              >
                <Part value={bar.server_error} of={highest} className="bg-danger" />
                <Part value={bar.client_error} of={highest} className="bg-warning" />
                <Part value={bar.ok} of={highest} className="bg-primary/75" />
                {total(bar) === 0 && <span className="h-px bg-border" />}
              </button>
            </li>
          );
        })}
      </ul>
      <div className="mt-1 flex flex-wrap justify-between gap-x-4 text-xs text-muted-foreground">
        <span className="figures">{when(histogram.from)}</span>
        <ul className="flex flex-wrap gap-x-3 max-sm:order-last max-sm:w-full">
          <Swatch className="bg-primary/75" label={t('ok')} />
          <Swatch className="bg-warning" label={t('refused')} />
          <Swatch className="bg-danger" label={t('failed')} />
        </ul>
        <span className="figures">{when(histogram.to)}</span>
      </div>
    </div>
  );
}

function Part({ value, of, className }: { value: number; of: number; className: string }) {
  if (value === 0) return null;
  return <span className={className} style={{ height: `max(2px, ${(value / of) * 100}%)` }} />;
}

function Swatch({ className, label }: { className: string; label: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden className={`size-2 rounded-sm ${className}`} />
      {label}
    </li>
  );
}

/** Fewer, wider bars for a narrow screen: neighbours are added up. */
function mergeBars(bars: readonly HistogramBar[], size: number): HistogramBar[] {
  const merged: HistogramBar[] = [];
  for (const [at, bar] of bars.entries()) {
    const last = merged.at(-1);
    if (!last || at % size === 0) merged.push({ ...bar });
    else for (const name of ['ok', 'client_error', 'server_error'] as const) last[name] += bar[name];
  }
  return merged;
}

function total(bar: HistogramBar): number {
  return bar.ok + bar.client_error + bar.server_error;
}
