'use client';

import { useTranslations } from 'next-intl';
import { ActionDialog } from '@/components/operator/action-dialog';
import { readForm } from '@/components/operator/form-values';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { ProviderView } from '@/lib/services/operator/providers/list-providers';
import type { ProviderActions } from './provider-actions';

const TIMEOUTS = ['connectMs', 'firstTokenMs', 'idleMs', 'totalMs'] as const;

interface ProviderSettingsDialogProps {
  provider: ProviderView;
  endpoints: { name: string; url: string }[];
  update: ProviderActions['update'];
}

export function ProviderSettingsDialog({ provider, endpoints, update }: ProviderSettingsDialogProps) {
  const t = useTranslations('operatorProviders.settings');
  const region = useTranslations('operatorProviders.region');
  return (
    <ActionDialog
      trigger={<Button variant="outline">{t('action')}</Button>}
      title={t('title', { name: provider.label })}
      submit={t('save')}
      done={t('saved')}
      wide
      fields={['label', 'baseUrl']}
      run={(form) => {
        const { text, whole } = readForm(form);
        const timeouts = Object.fromEntries(TIMEOUTS.flatMap((name) => (whole(name) === null ? [] : [[name, whole(name) as number]])));
        return update({
          id: provider.id,
          label: text('label'),
          baseUrl: text('baseUrl') || null,
          timeouts,
          onClientDisconnect: text('onClientDisconnect') === 'drain' ? 'drain' : 'cancel',
          dataRegion: text('dataRegion') || null,
        });
      }}
    >
      {(problem) => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('label')} error={problem('label')}>
              <Input name="label" maxLength={80} defaultValue={provider.label} autoComplete="off" />
            </Field>
            <Field label={t('dataRegion')} hint={t('dataRegionHint')}>
              <Input name="dataRegion" maxLength={20} defaultValue={provider.dataRegion ?? ''} placeholder="eu" autoComplete="off" className="figures" />
            </Field>
          </div>
          <Field label={t('address')} hint={t('addressHint', { names: endpoints.map(({ name }) => (region.has(name) ? `${name} (${region(name)})` : name)).join(', ') || '—' })} error={problem('baseUrl')}>
            <Input name="baseUrl" maxLength={500} defaultValue={provider.baseUrl ?? ''} placeholder={provider.address ?? 'https://'} autoComplete="off" className="figures" />
          </Field>
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
            {TIMEOUTS.map((name) => (
              <Field key={name} label={t(`timeout.${name}`)} note="ms">
                <Input name={name} type="number" min={1} step={1} defaultValue={provider.timeouts[name] ?? ''} className="figures" />
              </Field>
            ))}
          </div>
          <Field label={t('disconnect')} hint={t('disconnectHint')}>
            <NativeSelect name="onClientDisconnect" defaultValue={provider.onClientDisconnect}>
              <option value="cancel">{t('cancel')}</option>
              <option value="drain">{t('drain')}</option>
            </NativeSelect>
          </Field>
        </>
      )}
    </ActionDialog>
  );
}
