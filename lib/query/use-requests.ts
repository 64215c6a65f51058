'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RequestPage } from '@/lib/services/requests/list-requests';
import type { RequestDetailJson } from '@/lib/services/requests/get-request';
import type { RequestCounts } from '@/lib/services/requests/request-counts';
import type { RequestFacets } from '@/lib/services/requests/request-facets';
import type { RequestHistogram } from '@/lib/services/requests/request-histogram';
import { fetchJson } from './fetch-json';
import { queryKeys } from './keys';

type Params = Record<string, string | number | null>;

const LIVE_INTERVAL_MS = 2_000;
const RUNNING_INTERVAL_MS = 1_000;

export function useRequests(org: string, params: Params, options: { live: boolean }) {
  return useQuery({
    queryKey: queryKeys.requests(org, params),
    queryFn: ({ signal }) => fetchJson<RequestPage>(`/api/console/${org}/requests`, params, signal),
    placeholderData: keepPreviousData,
    refetchInterval: options.live ? LIVE_INTERVAL_MS : false,
  });
}

export function useRequestHistogram(org: string, params: Params, options: { live: boolean; enabled: boolean }) {
  return useQuery({
    queryKey: queryKeys.histogram(org, params),
    queryFn: ({ signal }) => fetchJson<RequestHistogram>(`/api/console/${org}/requests/histogram`, params, signal),
    placeholderData: keepPreviousData,
    refetchInterval: options.live ? LIVE_INTERVAL_MS * 2 : false,
    enabled: options.enabled,
  });
}

/** Counts beside the filters cost a pass over the range: they are read where they are shown, and not at every beat of a live list. */
export function useRequestCounts(org: string, params: Params, options: { enabled: boolean }) {
  return useQuery({
    queryKey: queryKeys.counts(org, params),
    queryFn: ({ signal }) => fetchJson<RequestCounts>(`/api/console/${org}/requests/counts`, params, signal),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    enabled: options.enabled,
  });
}

export function useRequestFacets(org: string) {
  return useQuery({
    queryKey: queryKeys.facets(org),
    queryFn: ({ signal }) => fetchJson<RequestFacets>(`/api/console/${org}/requests/facets`, {}, signal),
    staleTime: 60_000,
  });
}

/** One request; while it runs it is read again every second. */
export function useRequest(org: string, id: string, options: { enabled: boolean } = { enabled: true }) {
  return useQuery({
    queryKey: queryKeys.request(org, id),
    queryFn: ({ signal }) => fetchJson<RequestDetailJson>(`/api/console/${org}/requests/${id}`, {}, signal),
    enabled: options.enabled,
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? RUNNING_INTERVAL_MS : false),
  });
}
