'use client';

import { useEffect, useState } from 'react';
import type { ContactJson } from '@/lib/services/welcome/listened-key';

const POLL_MS = 1_000;
const SHOWN = 5;

interface Listening {
  /** Newest first. */
  contacts: ContactJson[];
  /** False while the listener cannot reach the gateway. */
  isLive: boolean;
}

const NOTHING: Listening = { contacts: [], isLive: true };

/** Everything that was called with the key since this visit began, failed calls too: asked for every second, one question at a time. */
export function useContacts({ org, keyId, sinceMs }: { org: string; keyId: string | null; sinceMs: number }): Listening {
  const [listening, setListening] = useState(NOTHING);

  useEffect(() => {
    if (keyId === null) return;
    const leaving = new AbortController();
    let seen: ContactJson[] = [];
    let timer: ReturnType<typeof setTimeout>;

    async function listen(): Promise<void> {
      // Nobody looks at a hidden page.
      if (!document.hidden) {
        const fresh = await readContacts({ org, keyId: keyId as string, sinceMs: seen[0]?.at ?? sinceMs }, leaving.signal);
        if (leaving.signal.aborted) return;
        if (fresh && fresh.length > 0) seen = [...fresh.toReversed(), ...seen].slice(0, SHOWN);
        setListening((before) => (before.contacts === seen && before.isLive === (fresh !== null) ? before : { contacts: seen, isLive: fresh !== null }));
      }
      timer = setTimeout(listen, POLL_MS);
    }

    setListening(NOTHING);
    void listen();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [org, keyId, sinceMs]);

  return listening;
}

/** Oldest first; null: there was no answer. */
async function readContacts({ org, keyId, sinceMs }: { org: string; keyId: string; sinceMs: number }, signal: AbortSignal): Promise<ContactJson[] | null> {
  const query = new URLSearchParams({ org, key_id: keyId, since_ms: String(sinceMs) });
  try {
    const response = await fetch(`/api/console/first-contact?${query}`, { signal });
    return response.ok ? ((await response.json()) as { data: ContactJson[] }).data : null;
  } catch {
    return null;
  }
}
