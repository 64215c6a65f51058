'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import type { BillingOutcome } from './outcome';
import { useOutcome } from './use-outcome';

/** Adds the credit of a code that somebody was given. */
export function RedeemForm({ action }: { action: (code: string) => Promise<BillingOutcome> }) {
  const t = useTranslations('billingMore.redeem');
  const [code, setCode] = useState('');
  const [isDone, setDone] = useState(false);
  const { run, pending, error } = useOutcome();
  const id = useId();
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setDone(false);
        run(() => action(code), () => {
          setDone(true);
          setCode('');
        });
      }}
    >
      <div className="grid max-w-sm gap-1.5">
        <Label htmlFor={id}>{t('label')}</Label>
        <Input id={id} className="figures" autoComplete="off" value={code} onChange={(event) => setCode(event.target.value)} />
      </div>
      {error && (
        <p role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
      <p role="status" className="text-sm text-muted-foreground empty:hidden">
        {isDone ? t('done') : ''}
      </p>
      <div>
        <Button type="submit" variant="outline" pending={pending} disabled={code.trim().length < 8}>
          {t('button')}
        </Button>
      </div>
    </form>
  );
}
