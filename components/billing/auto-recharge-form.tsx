'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import type { BillingOutcome } from './outcome';
import { useOutcome } from './use-outcome';

export interface AutoRechargeValues {
  enabled: boolean;
  thresholdUsd: string;
  amountUsd: string;
  monthlyCapUsd: string;
}

interface AutoRechargeFormProps {
  first: AutoRechargeValues;
  pausedReason: string | null;
  action: (values: AutoRechargeValues) => Promise<BillingOutcome>;
}

const FIELDS = ['thresholdUsd', 'amountUsd', 'monthlyCapUsd'] as const;

/** Opt-in: when to buy credit again, how much, and how much a month at most. */
export function AutoRechargeForm({ first, pausedReason, action }: AutoRechargeFormProps) {
  const t = useTranslations('billingMore.autoRecharge');
  const [values, setValues] = useState(first);
  const { run, pending, error } = useOutcome();
  const id = useId();
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        run(() => action(values));
      }}
    >
      {pausedReason && (
        <Alert variant="warning">
          <AlertTitle>{t('paused')}</AlertTitle>
          <AlertDescription>{t.has(`reasons.${pausedReason}`) ? t(`reasons.${pausedReason}`) : pausedReason}</AlertDescription>
        </Alert>
      )}
      <div className="flex items-center gap-2">
        <Checkbox id={`${id}-on`} checked={values.enabled} onCheckedChange={(enabled) => setValues({ ...values, enabled })} />
        <Label htmlFor={`${id}-on`}>{t('enabled')}</Label>
      </div>
      <div className="grid gap-4 sm:grid-cols-3">
        {FIELDS.map((field) => (
          <div key={field} className="grid gap-1.5">
            <Label htmlFor={`${id}-${field}`}>{t(field)}</Label>
            <Input id={`${id}-${field}`} inputMode="decimal" className="figures" value={values[field]} onChange={(event) => setValues({ ...values, [field]: event.target.value })} />
          </div>
        ))}
      </div>
      {error && (
        <p role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
      <div>
        <Button type="submit" variant="outline" pending={pending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
