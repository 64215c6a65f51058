'use client';

import { useQuery } from '@tanstack/react-query';
import type { BudgetBurn } from '@/lib/services/budgets/read-burn';
import { fetchJson } from './fetch-json';

/** How a budget's open window was spent. */
export function useBudgetBurn(org: string, id: string) {
  return useQuery({
    queryKey: [org, 'burn', id] as const,
    queryFn: ({ signal }) => fetchJson<BudgetBurn>(`/api/console/${org}/budgets/${id}/burn`, {}, signal),
  });
}
