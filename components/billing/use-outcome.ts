'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import type { BillingOutcome } from './outcome';

/** Runs a billing action once at a time: goes where it says, refreshes the page, or keeps its error as a sentence. */
export function useOutcome() {
  const t = useTranslations('billing');
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [isLeaving, setLeaving] = useState(false);
  const [error, setError] = useState<string | null>(null);

  function run(action: () => Promise<BillingOutcome>, onChanged?: () => void): void {
    setError(null);
    startTransition(async () => {
      const outcome = await action().catch((): BillingOutcome => ({ kind: 'error', error: 'internal_error' }));
      if (outcome.kind === 'error') {
        setError(t.has(`errors.${outcome.error}`) ? t(`errors.${outcome.error}`) : t('errors.internal_error'));
        return;
      }
      if (outcome.kind === 'leave') {
        // The button stays busy until the browser has left the page.
        setLeaving(true);
        window.location.assign(outcome.url);
        return;
      }
      onChanged?.();
      router.refresh();
    });
  }

  return { run, pending: pending || isLeaving, error };
}
