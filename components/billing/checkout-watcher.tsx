'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { moneyExact } from '@/lib/format/money';
import type { CheckoutView } from './outcome';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const LONG_WAIT_MS = 60_000;

interface CheckoutWatcherProps {
  first: CheckoutView;
  /** Asks again; null when the checkout is not ours. */
  read: () => Promise<CheckoutView | null>;
}

/** Waits for what was paid to arrive, however late the webhook is, and says so when it has. */
export function CheckoutWatcher({ first, read }: CheckoutWatcherProps) {
  const t = useTranslations('billing.checkout');
  const router = useRouter();
  const [view, setView] = useState(first);
  const [isLong, setLong] = useState(false);
  const isWaiting = view.state === 'waiting';

  useEffect(() => {
    if (!isWaiting) return;
    const startedMs = performance.now();
    let pauseMs = FIRST_PAUSE_MS;
    let timer = setTimeout(ask, pauseMs);
    let isGone = false;
    async function ask(): Promise<void> {
      // A request that fails is only another reason to ask again.
      const next = await read().catch(() => null);
      if (isGone) return;
      setLong(performance.now() - startedMs > LONG_WAIT_MS);
      if (next && next.state !== 'waiting') {
        setView(next);
        router.refresh();
        return;
      }
      pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS);
      timer = setTimeout(ask, pauseMs);
    }
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [isWaiting, read, router]);

  const amount = view.amountUsd === null ? '' : moneyExact(view.amountUsd);
  if (view.state === 'expired') {
    return (
      <Alert variant="warning" role="status" className="mb-6">
        <AlertTitle>{t('expired.title')}</AlertTitle>
        <AlertDescription>{t('expired.body')}</AlertDescription>
      </Alert>
    );
  }
  return (
    <Alert variant={isWaiting ? 'info' : 'success'} role="status" aria-busy={isWaiting} className="mb-6">
      <AlertTitle>{isWaiting ? t('waiting.title') : view.plan ? t('done.plan', { plan: view.plan }) : t('done.credit', { amount })}</AlertTitle>
      <AlertDescription>
        {isWaiting ? (isLong ? t('waiting.long') : t('waiting.body')) : view.plan ? t('done.planBody') : t('done.creditBody')}
      </AlertDescription>
    </Alert>
  );
}
