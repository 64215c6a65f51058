'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AttemptKind } from '@/lib/services/usage/usage-attempts';
import type { UsageHours } from '@/lib/services/usage/usage-hours';
import type { SimpleUsage } from '@/lib/services/usage/usage-simple';
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

/** Where attempts fail, are repeated and fall back. */
export function useUsageAttempts(org: string, params: Params) {
  return useQuery({
    queryKey: queryKeys.attempts(org, params),
    queryFn: ({ signal }) => fetchJson<{ data: AttemptKind[] }>(`/api/console/${org}/usage/attempts`, params, signal),
    placeholderData: keepPreviousData,
  });
}

/** Which simple calls dear models answered. */
export function useUsageOfSimpleCalls(org: string, params: Params) {
  return useQuery({
    queryKey: queryKeys.simple(org, params),
    queryFn: ({ signal }) => fetchJson<{ data: SimpleUsage[] }>(`/api/console/${org}/usage/simple`, params, signal),
    placeholderData: keepPreviousData,
  });
}

/** Usage by hour of the week. */
export function useUsageHours(org: string, params: Params) {
  return useQuery({
    queryKey: queryKeys.hours(org, params),
    queryFn: ({ signal }) => fetchJson<UsageHours>(`/api/console/${org}/usage/hours`, params, signal),
    placeholderData: keepPreviousData,
  });
}
