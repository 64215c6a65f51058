'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

let inBrowser: QueryClient | null = null;

/** One cache for a whole visit, so that going back shows what was read before; on the server one for each request. */
function clientOfVisit(): QueryClient {
  if (typeof window === 'undefined') return newClient();
  inBrowser ??= newClient();
  return inBrowser;
}

function newClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { staleTime: 15_000, retry: 1 } } });
}

/** Stands around what reads through queries, and only there: most pages are whole without it. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(clientOfVisit);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
