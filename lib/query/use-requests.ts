'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RequestPage } from '@/lib/services/requests/list-requests';
import type { RequestDetailJson } from '@/lib/services/requests/get-request';
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

export function useRequestHistogram(org: string, params: Params, options: { live: boolean }) {
  return useQuery({
    queryKey: queryKeys.histogram(org, params),
    queryFn: ({ signal }) => fetchJson<RequestHistogram>(`/api/console/${org}/requests/histogram`, params, signal),
    placeholderData: keepPreviousData,
    refetchInterval: options.live ? LIVE_INTERVAL_MS * 2 : false,
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
export function useRequest(org: string, id: string) {
  return useQuery({
    queryKey: queryKeys.request(org, id),
    queryFn: ({ signal }) => fetchJson<RequestDetailJson>(`/api/console/${org}/requests/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? RUNNING_INTERVAL_MS : false),
  });
}
