import type { useTranslations } from 'next-intl';
import { moneyShort, moneyToNumber } from '@/lib/format/money';
import { change, count, percent } from '@/lib/format/numbers';
import { duration } from '@/lib/format/duration';
import type { UsageLatency, UsageSeries } from '@/lib/query/types';
import type { UsageTab } from '@/lib/query/usage-view';
import { MEASURES } from './measures';

type Translate = ReturnType<typeof useTranslations<'usage'>>;

/** What a tab says in one sentence: the total, how it moved, and who made most of it. */
export function usageCaption(t: Translate, locale: string, tab: UsageTab, series: UsageSeries, latency: UsageLatency | undefined): string {
  if (tab === 'latency') {
    const total = latency?.total;
    if (!total || total.duration.p50 === null) return t('captions.noLatency');
    return t('captions.latency', {
      p50: duration(total.duration.p50),
      p95: duration(total.duration.p95),
      ttft: duration(total.ttft.p50),
      answered: count(total.answered, locale),
    });
  }
  if (tab === 'cache') {
    const { cached_input_tokens: cached, input_tokens: input } = series.totals;
    return t('captions.cache', { share: percent(cached, input, locale), cached: count(cached, locale), input: count(input, locale) });
  }
  const { of, format } = MEASURES[tab];
  const [now, before] = [of(series.totals), of(series.previous)];
  const amount = tab === 'cost' ? moneyShort(series.totals.cost_usd) : format(now, locale);
  const moved = change(now, before, locale);
  const top = [...series.groups].sort((a, b) => of(b.totals) - of(a.totals))[0];
  const parts = [t(`captions.${tab}`, { amount, share: percent(series.totals.errors, series.totals.requests, locale) })];
  if (moved !== null) parts.push(t('captions.moved', { moved }));
  if (top && now > 0 && series.groups.length > 1)
    parts.push(t('captions.top', { name: top.label || t(`none.${series.group}`), share: percent(of(top.totals), now, locale) }));
  return t('captions.sentence', { parts: parts.join(t('captions.comma')) });
}

/** The page's own sentence. */
export function usageAnswer(t: Translate, locale: string, series: UsageSeries, range: string): string {
  const moved = change(moneyToNumber(series.totals.cost_usd), moneyToNumber(series.previous.cost_usd), locale);
  return t(moved === null ? 'answer' : 'answerMoved', {
    cost: moneyShort(series.totals.cost_usd),
    requests: count(series.totals.requests, locale),
    requestCount: series.totals.requests,
    range,
    moved: moved ?? '',
    zone: series.time_zone,
  });
}
