import { useLocale, useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import { Money } from '@/components/patterns/money';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { duration } from '@/lib/format/duration';
import { count, percent } from '@/lib/format/numbers';
import type { RequestDetailJson } from '@/lib/query/types';
import { type Lane, layOutWaterfall, type Segment, type SegmentKind, type Waterfall as Layout } from './waterfall-layout';

/** Where the time of a request went, to scale: the gateway's own stages, each attempt, retries and fallbacks in lanes of their own. */
export function Waterfall({ request }: { request: RequestDetailJson }) {
  const t = useTranslations('request.waterfall');
  const locale = useLocale();
  const layout = layOutWaterfall(request);
  return (
    <section aria-labelledby="lifecycle" className="@container rounded-lg border bg-surface">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 pt-4">
        <h2 id="lifecycle" className="text-base">
          {t('title')}
        </h2>
        <p className="text-sm text-muted-foreground">
          {t.rich(layout.waitedMs > 0 ? 'captionWaited' : 'caption', {
            total: duration(layout.totalMs),
            gateway: duration(layout.gatewayMs),
            waited: duration(layout.waitedMs),
            share: percent(layout.gatewayMs, layout.totalMs, locale),
            n: (text) => <span className="figures text-foreground">{text}</span>,
          })}
        </p>
      </div>
      <div className="px-4 pt-3 pb-4">
        <Axis layout={layout} firstTokenMs={request.ttft_ms} />
        <ol className="relative grid gap-px">
          {layout.lanes.map((lane, at) => (
            <LaneRow
              key={lane.id}
              lane={lane}
              waitedFromMs={lane.attempt ? lastAttemptEnd(layout, at) : null}
              totalMs={layout.totalMs}
              ticksMs={layout.ticksMs}
              firstTokenMs={request.ttft_ms}
            />
          ))}
        </ol>
        <Enlarged layout={layout} />
        <Stages layout={layout} />
      </div>
    </section>
  );
}

const COLUMNS = 'grid grid-cols-1 @2xl:grid-cols-[minmax(0,13rem)_minmax(0,1fr)_7rem] @2xl:gap-x-4';

function Axis({ layout, firstTokenMs }: { layout: Layout; firstTokenMs: number | null }) {
  const t = useTranslations('request.waterfall');
  const shown = layout.ticksMs.filter((tick) => tick / layout.totalMs < 0.88);
  return (
    <div aria-hidden className={cn(COLUMNS, 'mb-1')}>
      <span className="@max-2xl:hidden" />
      <div className="relative h-8 border-b text-xs text-muted-foreground">
        {shown.map((tick) => (
          <span
            key={tick}
            // A narrow axis has less room before its end, where the whole time stands.
            className={cn('figures absolute bottom-1 -translate-x-1/2 whitespace-nowrap first:translate-x-0', tick / layout.totalMs > 0.7 && '@max-2xl:hidden')}
            style={{ left: share(tick, layout.totalMs) }}
          >
            {tick === 0 ? '0' : duration(tick)}
          </span>
        ))}
        <span className="figures absolute right-0 bottom-1 bg-surface pl-2 text-foreground">{duration(layout.totalMs)}</span>
        {firstTokenMs !== null && (
          <span
            className={cn('absolute top-0 text-[11px] leading-3 whitespace-nowrap', firstTokenMs / layout.totalMs > 0.6 && '-translate-x-full')}
            style={{ left: share(firstTokenMs, layout.totalMs) }}
          >
            {t('firstToken')} <span className="figures text-foreground">{duration(firstTokenMs)}</span>
          </span>
        )}
      </div>
    </div>
  );
}

interface LaneRowProps {
  lane: Lane;
  waitedFromMs: number | null;
  totalMs: number;
  ticksMs: number[];
  firstTokenMs: number | null;
}

function LaneRow({ lane, waitedFromMs, totalMs, ticksMs, firstTokenMs }: LaneRowProps) {
  const t = useTranslations('request.waterfall');
  const { attempt } = lane;
  const detour = attempt !== null && attempt.reason !== 'primary';
  const waitedMs = waitedFromMs === null ? 0 : lane.startMs - waitedFromMs;
  return (
    <li className={cn(COLUMNS, 'items-center gap-y-1 rounded-md py-1.5', detour && 'bg-signal-soft/50 @2xl:-mx-2 @2xl:px-2')}>
      <div className="flex min-w-0 items-center gap-2 text-sm">
        {attempt ? (
          <>
            <span className="figures truncate" title={`${attempt.model} · ${attempt.provider}`}>
              {attempt.model}
            </span>
            {detour && <Badge variant="signal">{t(`reason.${attempt.reason}`)}</Badge>}
          </>
        ) : (
          <span className="text-muted-foreground">{t(lane.part === 'before' ? 'gateway' : 'settling')}</span>
        )}
      </div>
      <div aria-hidden className="relative h-6">
        {ticksMs.map((tick) => (
          <span key={tick} className="absolute -inset-y-2 w-px bg-border/70" style={{ left: share(tick, totalMs) }} />
        ))}
        {firstTokenMs !== null && (
          <span className="absolute -inset-y-2 border-l border-dashed border-foreground/40" style={{ left: share(firstTokenMs, totalMs) }} />
        )}
        {waitedMs > 0 && waitedFromMs !== null && attempt && attempt.index > 0 && (
          <span
            className="absolute top-1/2 border-t-2 border-dotted border-signal/60"
            style={{ left: share(waitedFromMs, totalMs), width: share(waitedMs, totalMs) }}
            title={t('waited', { time: duration(waitedMs) })}
          />
        )}
        {lane.segments.map((segment) => (
          <span
            key={segment.kind}
            className={cn('absolute inset-y-0.5 first-of-type:rounded-l-sm', SEGMENT[segment.kind], detour && DETOUR[segment.kind])}
            style={place(segment, totalMs)}
            title={`${t(`stage.${segment.kind}`)} ${duration(segment.lengthMs)}`}
          />
        ))}
      </div>
      <div className="figures flex flex-wrap items-baseline justify-between gap-x-2 text-xs @2xl:flex-col @2xl:items-end">
        <span>{duration(lane.endMs - lane.startMs)}</span>
        {attempt &&
          (answered(attempt.outcome) ? (
            <Money usd={attempt.cost_usd} exact className="text-muted-foreground" />
          ) : (
            <span className="text-danger">{attempt.status ?? t(`outcome.${attempt.outcome}` as 'outcome.server')}</span>
          ))}
      </div>
      {attempt && (
        <span className="sr-only">
          {t('lane', { number: attempt.index + 1, reason: t(`reason.${attempt.reason}`), model: attempt.model, provider: attempt.provider })}{' '}
          {lane.segments.map((segment) => `${t(`stage.${segment.kind}`)} ${duration(segment.lengthMs)}`).join(', ')}
          {attempt.error_message ? `. ${attempt.error_message}` : ''}
        </span>
      )}
    </li>
  );
}

/** The gateway's own stages on a scale of their own: on the axis above they are thinner than a line. */
function Enlarged({ layout }: { layout: Layout }) {
  const t = useTranslations('request.waterfall');
  const locale = useLocale();
  const segments = layout.lanes.filter((lane) => lane.attempt === null).flatMap((lane) => lane.segments);
  const sumMs = segments.reduce((sum, segment) => sum + segment.lengthMs, 0);
  const times = layout.totalMs / sumMs;
  if (segments.length < 2 || times < 10) return null;
  return (
    <div aria-hidden className={cn(COLUMNS, 'mt-2 items-center gap-y-1 border-t border-dashed pt-3')}>
      <span className="text-sm text-muted-foreground">{t('enlarged', { times: count(Math.round(times), locale) })}</span>
      <div className="flex h-6 gap-px py-0.5">
        {segments.map((segment) => (
          <span
            key={segment.kind}
            className={cn('min-w-0.5 overflow-hidden first:rounded-l-sm last:rounded-r-sm', SEGMENT[segment.kind])}
            style={{ flex: `${segment.lengthMs} 0 0` }}
            title={`${t(`stage.${segment.kind}`)} ${duration(segment.lengthMs)}`}
          />
        ))}
      </div>
      <span className="figures text-xs @2xl:text-right">{duration(sumMs)}</span>
    </div>
  );
}

/** Every stage with its figure, so that what is too short to see can still be read. */
function Stages({ layout }: { layout: Layout }) {
  const t = useTranslations('request.waterfall');
  const totals = new Map<SegmentKind, number>();
  for (const segment of layout.lanes.flatMap((lane) => lane.segments)) totals.set(segment.kind, (totals.get(segment.kind) ?? 0) + segment.lengthMs);
  return (
    <dl className="mt-4 flex flex-wrap gap-x-5 gap-y-1.5 border-t pt-3 text-xs">
      {[...totals].map(([kind, ms]) => (
        <div key={kind} className="flex items-center gap-1.5">
          <dt className="flex items-center gap-1.5 text-muted-foreground">
            <span aria-hidden className={cn('size-2.5 rounded-sm', SEGMENT[kind])} />
            {t(`stage.${kind}`)}
          </dt>
          <dd className="figures">{duration(ms)}</dd>
        </div>
      ))}
    </dl>
  );
}

const HATCH = 'bg-[repeating-linear-gradient(135deg,var(--hatch)_0_2px,transparent_2px_5px)]';
const GATEWAY = 'bg-foreground';

const SEGMENT: Record<SegmentKind, string> = {
  receive: 'bg-chart-8',
  auth: 'bg-chart-3',
  policy: 'bg-chart-7',
  limits: 'bg-chart-5',
  hold: 'bg-chart-6',
  gateway: GATEWAY,
  settle: 'bg-chart-4',
  connect: 'bg-chart-8',
  wait: `${HATCH} bg-primary/15 [--hatch:color-mix(in_srgb,var(--primary)_55%,transparent)]`,
  stream: 'bg-primary',
  answer: 'bg-primary',
  failed: `${HATCH} bg-danger-soft [--hatch:var(--danger)]`,
};

const DETOUR: Partial<Record<SegmentKind, string>> = {
  wait: `${HATCH} bg-signal/15 [--hatch:color-mix(in_srgb,var(--signal)_60%,transparent)]`,
  stream: 'bg-signal',
  answer: 'bg-signal',
};

/** To scale, and never thinner than can be seen. */
function place(segment: Segment, totalMs: number): CSSProperties {
  return { left: share(segment.startMs, totalMs), width: `max(2px, ${share(segment.lengthMs, totalMs)})` };
}

function share(ms: number, totalMs: number): string {
  return `${((ms / totalMs) * 100).toFixed(3)}%`;
}

function answered(outcome: string): boolean {
  return outcome === 'completed' || outcome === 'truncated';
}

function lastAttemptEnd(layout: Layout, at: number): number | null {
  const before = layout.lanes
    .slice(0, at)
    .filter((lane) => lane.attempt !== null)
    .at(-1);
  return before ? before.endMs : null;
}
