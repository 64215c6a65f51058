'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { startTransition } from 'react';

/**
 * A page that failed. The digest is what the server's log names the error by. Every page brings this along for the case,
 * so it is drawn without the parts that ErrorState is made of.
 */
export function ErrorPage({ digest, retry }: { digest?: string; retry: () => void }) {
  const t = useTranslations('common');
  const router = useRouter();
  return (
    <div role="alert" className="grid justify-items-center gap-3 rounded-lg border bg-surface px-4 py-12 text-center">
      <h1 className="text-lg font-semibold">{t('error.title')}</h1>
      <p className="max-w-[56ch] text-base text-muted-foreground">{t('error.body')}</p>
      {digest && (
        <p className="text-sm text-muted-foreground">
          {t('requestId')} <code className="select-all text-foreground">{digest}</code>
        </p>
      )}
      <button
        type="button"
        className="h-8 rounded-md border border-border-strong/60 bg-surface px-3 text-base font-medium transition-colors hover:border-border-strong hover:bg-surface-muted"
        onClick={() =>
          startTransition(() => {
            router.refresh();
            retry();
          })
        }
      >
        {t('retry')}
      </button>
    </div>
  );
}
