'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ActionDialog } from '@/components/operator/action-dialog';
import { readForm } from '@/components/operator/form-values';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { OperatorModel } from '@/lib/services/operator/models/list-models';
import type { ModelActions } from './model-actions';

const RATES = ['input', 'cachedInput', 'cacheWrite', 'output', 'reasoning', 'request'] as const;

interface PriceDialogProps {
  trigger: ReactNode;
  model: Pick<OperatorModel, 'id' | 'kind' | 'price'>;
  setPrice: ModelActions['setPrice'];
}

/** A new price card, from now or from a later hour, for everybody or for one organization. */
export function PriceDialog({ trigger, model, setPrice }: PriceDialogProps) {
  const t = useTranslations('operatorModels.price');
  const shown: Partial<Record<(typeof RATES)[number], string>> =
    model.price?.currency === 'USD' ? { input: plain(model.price.inputUsd), cachedInput: plain(model.price.cachedInputUsd), output: plain(model.price.outputUsd) } : {};
  return (
    <ActionDialog
      trigger={trigger}
      title={t('title', { id: model.id })}
      lead={t('lead')}
      submit={t('submit')}
      done={t('done')}
      wide
      fields={['effectiveFrom', 'organization', 'prices.fxRate', 'prices.output', 'prices.input', 'prices.currency']}
      run={(form) => {
        const { text, optional } = readForm(form);
        const rates = Object.fromEntries(RATES.flatMap((name) => (optional(name) === null ? [] : [[name, text(name)]])));
        return setPrice({
          model: model.id,
          effectiveFrom: text('from') === '' ? null : new Date(text('from')).toISOString(),
          organization: text('organization'),
          prices: { currency: text('currency'), ...(optional('fxRate') === null ? {} : { fxRate: text('fxRate') }), input: text('input'), ...rates },
        });
      }}
    >
      {(problem) => (
        <>
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
            {RATES.map((name) => (
              <Field key={name} label={t(`rate.${name}`)} error={problem(`prices.${name}`)}>
                <Input
                  name={name}
                  required={name === 'input' || (name === 'output' && model.kind === 'chat')}
                  inputMode="decimal"
                  pattern="\d{1,9}(\.\d{1,9})?"
                  defaultValue={shown[name]}
                  autoComplete="off"
                  className="figures"
                />
              </Field>
            ))}
          </div>
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label={t('currency')} error={problem('prices.currency')}>
              <NativeSelect name="currency" defaultValue={model.price?.currency ?? 'USD'}>
                <option value="USD">USD</option>
                <option value="CNY">CNY</option>
                <option value="EUR">EUR</option>
              </NativeSelect>
            </Field>
            <Field label={t('fxRate')} hint={t('fxHint')} error={problem('prices.fxRate')}>
              <Input name="fxRate" inputMode="decimal" defaultValue={model.price?.fxRate ?? ''} placeholder="0.14" autoComplete="off" className="figures" />
            </Field>
            <Field label={t('from')} hint={t('fromHint')} error={problem('effectiveFrom')}>
              <Input name="from" type="datetime-local" className="figures" />
            </Field>
            <Field label={t('organization')} hint={t('organizationHint')} error={problem('organization')}>
              <Input name="organization" maxLength={80} autoComplete="off" className="figures" />
            </Field>
          </div>
        </>
      )}
    </ActionDialog>
  );
}

/** "2.000000" is typed as "2". */
function plain(usd: string | null): string | undefined {
  return usd === null ? undefined : usd.replace(/0+$/, '').replace(/\.$/, '');
}
