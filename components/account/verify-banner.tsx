'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/patterns/use-action';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import type { ActionResult } from '@/lib/http/action';

/** Stands above every page until the address is confirmed. */
export function VerifyBanner({ email, send }: { email: string; send: () => Promise<ActionResult<null>> }) {
  const t = useTranslations('auth.banner');
  const action = useAction();
  const [sent, setSent] = useState(false);
  return (
    <Alert variant="warning" role="status" className="mb-6">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <AlertTitle className="max-w-[72ch] font-normal">{action.problem() ?? (sent ? t('sent') : t('text', { email }))}</AlertTitle>
        {!sent && (
          <Button variant="outline" size="sm" pending={action.pending} onClick={() => action.run(send, () => setSent(true))}>
            {t('again')}
          </Button>
        )}
      </div>
    </Alert>
  );
}
