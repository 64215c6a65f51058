import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { QueryProvider } from './query-provider';

/** Gives the browser what the server has read already, so the first paint asks for nothing again. */
export function Hydrate({ entries, children }: { entries: readonly (readonly [QueryKey, unknown])[]; children: ReactNode }) {
  const client = new QueryClient();
  for (const [key, data] of entries) client.setQueryData(key, data);
  return (
    <QueryProvider>
      <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
    </QueryProvider>
  );
}
