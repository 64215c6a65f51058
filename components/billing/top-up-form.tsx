'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';
import { moneyRate } from '@/lib/format/money';
import type { BillingOutcome } from './outcome';
import { useOutcome } from './use-outcome';

const OTHER = 'other';

interface TopUpFormProps {
  packs: readonly string[];
  min: string;
  max: string;
  action: (usd: string) => Promise<BillingOutcome>;
}

/** Buys credit: one of the packs, or any amount between the bounds. */
export function TopUpForm({ packs, min, max, action }: TopUpFormProps) {
  const t = useTranslations('billing.topUp');
  const [choice, setChoice] = useState(packs[0] ?? OTHER);
  const [amount, setAmount] = useState('');
  const { run, pending, error } = useOutcome();
  const isOther = choice === OTHER;
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        run(() => action(isOther ? amount.trim() : choice));
      }}
    >
      <RadioGroup value={choice} onValueChange={setChoice} aria-label={t('amount')} className="flex flex-wrap gap-x-6 gap-y-2">
        {[...packs, OTHER].map((pack) => (
          <div key={pack} className="flex items-center gap-2">
            <RadioGroupItem value={pack} id={`pack-${pack}`} />
            <Label htmlFor={`pack-${pack}`} className={pack === OTHER ? undefined : 'figures'}>
              {pack === OTHER ? t('other') : moneyRate(pack).replace(/\.00$/, '')}
            </Label>
          </div>
        ))}
      </RadioGroup>
      {isOther && (
        <Field label={t('otherLabel')} hint={t('bounds', { min: moneyRate(min), max: moneyRate(max) })} className="max-w-60">
          <Input
            inputMode="decimal"
            autoComplete="off"
            required
            pattern="\d{1,6}(\.\d{1,2})?"
            value={amount}
            onChange={(event) => setAmount(event.target.value)}
          />
        </Field>
      )}
      {error && (
        <p role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
      <Button type="submit" className="justify-self-start" pending={pending}>
        {t('button')}
      </Button>
    </form>
  );
}
