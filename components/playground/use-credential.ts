'use client';

import { useCallback, useRef } from 'react';
import type { ActionError } from '@/lib/http/action';
import type { LentKey } from '@/lib/services/playground/lend-key';
import type { Lend } from './types';

/** A key is not used in its last half minute: the call should not outlive it at the door. */
const MARGIN_MS = 30_000;

export type Credential = { ok: true; key: string } | { ok: false; error: ActionError };

/** Borrows a key when none is at hand or it is about to end. It lives in this page's memory only. */
export function useCredential(org: string, lend: Lend): { borrow: () => Promise<Credential>; drop: () => void } {
  const lent = useRef<LentKey | null>(null);
  /** Columns that start together borrow once. */
  const running = useRef<Promise<Credential> | null>(null);

  const drop = useCallback(() => {
    lent.current = null;
  }, []);

  const borrow = useCallback(async (): Promise<Credential> => {
    if (lent.current && Date.parse(lent.current.expiresAt) - Date.now() > MARGIN_MS) return { ok: true, key: lent.current.key };
    running.current ??= lend(org, {})
      .then((result): Credential => {
        if (!result.ok) return { ok: false, error: result.error };
        lent.current = result.data;
        return { ok: true, key: result.data.key };
      })
      .finally(() => {
        running.current = null;
      });
    return running.current;
  }, [org, lend]);

  return { borrow, drop };
}
