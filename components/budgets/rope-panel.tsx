'use client';

import { Skeleton } from '@/components/ui/skeleton';
import { QueryProvider } from '@/lib/query/query-provider';
import { useBudgetBurn } from '@/lib/query/use-budget-burn';
import { RopeCard } from './rope-card';

/** The burn-down of the budget that was asked for. */
export function RopePanel(props: { org: string; id: string }) {
  return (
    <QueryProvider>
      <Rope {...props} />
    </QueryProvider>
  );
}

function Rope({ org, id }: { org: string; id: string }) {
  const burn = useBudgetBurn(org, id);
  if (burn.isError) return null;
  return <div className="mb-4">{burn.data ? <RopeCard org={org} burn={burn.data} /> : <Skeleton className="h-64 rounded-lg" />}</div>;
}
