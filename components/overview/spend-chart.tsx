'use client';

import { useLocale, useTranslations } from 'next-intl';
import { UsageChart } from '@/components/usage/usage-chart';
import { usageCaption } from '@/components/usage/usage-caption';
import type { UsageSeries } from '@/lib/query/types';

/** Spend per day by model, as on the usage page. */
export function SpendChart({ usage }: { usage: UsageSeries }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  return <UsageChart series={usage} latency={undefined} tab="cost" caption={usageCaption(t, locale, 'cost', usage, undefined)} />;
}
