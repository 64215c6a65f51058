'use client';

import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ContactJson } from '@/lib/services/welcome/listened-key';

const POLL_MS = 1_000;
const SHOWN = 5;

interface Listening {
  /** Newest first. */
  contacts: ContactJson[];
  /** False while the listener cannot reach the gateway. */
  isLive: boolean;
}

/** Everything that was called with the key since this visit began, failed calls too. */
export function useContacts({ org, keyId, sinceMs }: { org: string; keyId: string | null; sinceMs: number }): Listening {
  const seen = useRef<ContactJson[]>([]);
  const { data, isError } = useQuery({
    queryKey: ['first-contact', org, keyId, sinceMs],
    enabled: keyId !== null,
    refetchInterval: POLL_MS,
    retry: false,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const since = seen.current[0]?.at ?? sinceMs;
      const query = new URLSearchParams({ org, key_id: keyId ?? '', since_ms: String(since) });
      const response = await fetch(`/api/console/first-contact?${query}`, { signal });
      if (!response.ok) throw new Error(`the listener answered ${response.status}`);
      const { data: fresh } = (await response.json()) as { data: ContactJson[] };
      seen.current = [...fresh.toReversed(), ...seen.current].slice(0, SHOWN);
      return seen.current;
    },
  });
  return { contacts: data ?? [], isLive: !isError };
}
