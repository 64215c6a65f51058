'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UsageLatency } from '@/lib/services/usage/usage-latency';
import type { UsageSeries } from '@/lib/services/usage/usage-series';
import { fetchJson } from './fetch-json';
import { queryKeys } from './keys';

type Params = Record<string, string | number | null>;

export function useUsageSeries(org: string, params: Params) {
  return useQuery({
    queryKey: queryKeys.usage(org, params),
    queryFn: ({ signal }) => fetchJson<UsageSeries>(`/api/console/${org}/usage/series`, params, signal),
    placeholderData: keepPreviousData,
  });
}

/** Percentiles are read only where they are shown: they cost a scan of the logs. */
export function useUsageLatency(org: string, params: Params, options: { enabled: boolean }) {
  return useQuery({
    queryKey: queryKeys.latency(org, params),
    queryFn: ({ signal }) => fetchJson<UsageLatency>(`/api/console/${org}/usage/latency`, params, signal),
    placeholderData: keepPreviousData,
    enabled: options.enabled,
  });
}
