'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { startTransition } from 'react';
import { ErrorState } from '@/components/patterns/states';

/** A page that failed. The digest is what the server's log names the error by. */
export function ErrorPage({ digest, retry }: { digest?: string; retry: () => void }) {
  const t = useTranslations('common');
  const router = useRouter();
  return (
    <>
      <h1 className="sr-only">{t('error.title')}</h1>
      <ErrorState
        requestId={digest}
        onRetry={() =>
          startTransition(() => {
            router.refresh();
            retry();
          })
        }
      />
    </>
  );
}
