'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useRef } from 'react';
import { useWidth } from '@/components/logs/use-width';
import { moneyAxis, moneyShort, moneyToNumber } from '@/lib/format/money';
import { logTime } from '@/lib/format/time';
import type { BudgetBurn } from '@/lib/query/types';

/** Before the place it has is known. */
const FIRST_WIDTH = 560;
const HEIGHT = 180;
const PAD = { left: 44, right: 12, top: 14, bottom: 22 };

/**
 * The budget rope: what was spent, the even pace to the limit, the limit, and a band where the spend so far leads. The
 * same facts stand in words beside it, so the drawing is one labelled image.
 */
export function Rope({ burn, label }: { burn: BudgetBurn; label: string }) {
  const t = useTranslations('budgets.rope');
  const locale = useLocale();
  const zone = useTimeZone() ?? 'UTC';
  const frame = useRef<HTMLDivElement>(null);
  const width = Math.max(260, useWidth(frame) ?? FIRST_WIDTH);
  const { budget, points, end } = burn;
  const limit = moneyToNumber(budget.limitUsd);
  const start = Date.parse(points[0]?.at ?? budget.windowStart);
  const now = Date.parse(points.at(-1)?.at ?? budget.windowStart);
  const close = budget.resetsAt ? Date.parse(budget.resetsAt) : now + (now - start) * 0.25;
  const spent = moneyToNumber(points.at(-1)?.spent_usd ?? '0');
  const top = Math.max(limit, spent, end ? moneyToNumber(end.high_usd) : 0, 1e-9) * 1.08;
  // A wild forecast would flatten everything that is known: it leaves through the top edge.
  const highest = Math.min(top, Math.max(limit, spent) * 2.2);
  const x = (at: number): number => PAD.left + ((at - start) / Math.max(1, close - start)) * (width - PAD.left - PAD.right);
  const y = (usd: number): number => PAD.top + (1 - Math.min(usd, highest) / highest) * (HEIGHT - PAD.top - PAD.bottom);
  const line = points
    .map((point, at) => `${at === 0 ? 'M' : 'L'}${x(Date.parse(point.at)).toFixed(1)} ${y(moneyToNumber(point.spent_usd)).toFixed(1)}`)
    .join('');
  const when = (at: number): string => {
    const { date, time } = logTime(new Date(at).toISOString(), locale, zone);
    return budget.period === 'day' ? time.slice(0, 5) : date;
  };
  const runsOut = budget.forecast.runsOutAt ? Date.parse(budget.forecast.runsOutAt) : null;
  const tone = budget.state === 'ok' ? 'var(--primary)' : budget.state === 'warning' ? 'var(--warning)' : 'var(--danger)';
  return (
    <div ref={frame}>
      <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${HEIGHT}`} className="block h-45 w-full font-mono text-[10px]">
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={PAD.left} x2={width - PAD.right} y1={y(highest * share)} y2={y(highest * share)} stroke="var(--border)" />
            <text x={PAD.left - 6} y={y(highest * share) + 3} textAnchor="end" fill="var(--muted-foreground)">
              {moneyAxis(highest * share)}
            </text>
          </g>
        ))}
        <line x1={x(start)} y1={y(0)} x2={x(close)} y2={y(limit)} stroke="var(--border-strong)" strokeDasharray="2 4" />
        <line x1={PAD.left} x2={width - PAD.right} y1={y(limit)} y2={y(limit)} stroke="var(--danger)" strokeWidth={1.5} />
        <text x={width - PAD.right} y={y(limit) - 4} textAnchor="end" fill="var(--danger)">
          {t('limit', { amount: moneyShort(budget.limitUsd) })}
        </text>
        {end && (
          <>
            <path
              d={`M${x(now)} ${y(spent)}L${x(close)} ${y(moneyToNumber(end.high_usd))}L${x(close)} ${y(moneyToNumber(end.low_usd))}Z`}
              fill={tone}
              opacity={0.12}
            />
            <line x1={x(now)} y1={y(spent)} x2={x(close)} y2={y(moneyToNumber(end.middle_usd))} stroke={tone} strokeDasharray="3 3" strokeWidth={1.5} />
          </>
        )}
        <path d={`${line}L${x(now)} ${y(0)}L${x(start)} ${y(0)}Z`} fill={tone} opacity={0.1} />
        <path d={line} fill="none" stroke={tone} strokeWidth={2} strokeLinejoin="round" />
        <circle cx={x(now)} cy={y(spent)} r={3} fill={tone} />
        {runsOut !== null && runsOut <= close && (
          <>
            <line x1={x(runsOut)} x2={x(runsOut)} y1={y(limit)} y2={HEIGHT - PAD.bottom} stroke="var(--signal)" strokeDasharray="1 3" />
            <circle cx={x(runsOut)} cy={y(limit)} r={3.5} fill="var(--surface)" stroke="var(--signal)" strokeWidth={2} />
          </>
        )}
        <text x={PAD.left} y={HEIGHT - 6} fill="var(--muted-foreground)">
          {when(start)}
        </text>
        <text x={width - PAD.right} y={HEIGHT - 6} textAnchor="end" fill="var(--muted-foreground)">
          {budget.resetsAt ? when(close) : t('open')}
        </text>
      </svg>
    </div>
  );
}
