'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ActionResult } from '@/lib/http/action';
import { ActionDialog } from '../action-dialog';

export type Refund = (input: { payment: string; nonce: string; usd?: string | undefined }) => Promise<ActionResult<unknown>>;

/** Asks how much goes back. One opening of the dialog is one refund, however often the button is pressed. */
export function RefundDialog({ payment, org, amountUsd, refund }: { payment: string; org: string; amountUsd: string; refund: Refund }) {
  const t = useTranslations('operatorBilling.refund');
  const [nonce] = useState(() => crypto.randomUUID());
  return (
    <ActionDialog
      trigger={
        <Button size="sm" variant="outline" aria-label={`${t('button')}: ${payment}`}>
          {t('button')}
        </Button>
      }
      title={t('title', { org })}
      lead={t('lead', { amount: `$${amountUsd}` })}
      submit={t('button')}
      destructive
      fields={['usd']}
      done={t('done')}
      run={(form) => refund({ payment, nonce, ...(form.get('usd') ? { usd: String(form.get('usd')) } : {}) })}
    >
      {(problem) => (
        <Field label={t('amount')} hint={t('whole')} error={problem('usd')}>
          <Input name="usd" inputMode="decimal" className="figures" />
        </Field>
      )}
    </ActionDialog>
  );
}
