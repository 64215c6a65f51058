'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ActionDialog } from '@/components/operator/action-dialog';
import { CheckField } from '@/components/operator/check-field';
import { readForm } from '@/components/operator/form-values';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { OperatorModel } from '@/lib/services/operator/models/list-models';
import type { ModelActions, ProviderChoice } from './model-actions';

const KINDS = ['chat', 'embedding', 'image', 'audio', 'moderation', 'rerank'] as const;

interface ModelDialogProps {
  trigger: ReactNode;
  /** The model to change; absent: a new one. */
  model?: OperatorModel;
  providers: ProviderChoice[];
  save: ModelActions['save'];
}

export function ModelDialog({ trigger, model, providers, save }: ModelDialogProps) {
  const t = useTranslations('operatorModels');
  return (
    <ActionDialog
      trigger={trigger}
      title={model ? t('form.edit', { id: model.id }) : t('add')}
      lead={t('form.lead')}
      submit={t('form.save')}
      done={t('form.saved')}
      wide
      fields={['id', 'provider', 'upstreamModel', 'contextWindow', 'maxOutputTokens', 'capabilities', 'retiresOn']}
      run={(form) => {
        const { text, whole, list, checked } = readForm(form);
        return save({
          id: model?.id ?? text('id'),
          isNew: model === undefined,
          provider: text('provider'),
          upstreamModel: text('upstreamModel'),
          displayName: text('displayName'),
          kind: text('kind') as (typeof KINDS)[number],
          contextWindow: whole('contextWindow'),
          maxOutputTokens: whole('maxOutputTokens'),
          capabilities: list('capabilities'),
          enabled: checked('enabled'),
          retiresOn: text('retiresOn'),
        });
      }}
    >
      {(problem) => (
        <div className="grid gap-4 sm:grid-cols-2">
          {!model && (
            <Field label={t('form.id')} hint={t('form.idHint')} error={problem('id')}>
              <Input name="id" required maxLength={200} autoComplete="off" className="figures" />
            </Field>
          )}
          <Field label={t('column.provider')} error={problem('provider')}>
            <NativeSelect name="provider" required defaultValue={model?.provider.id}>
              {providers.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </NativeSelect>
          </Field>
          <Field label={t('form.upstreamModel')} hint={t('form.upstreamHint')} error={problem('upstreamModel')}>
            <Input name="upstreamModel" maxLength={200} defaultValue={model?.upstreamModel ?? ''} autoComplete="off" className="figures" />
          </Field>
          <Field label={t('form.displayName')}>
            <Input name="displayName" maxLength={120} defaultValue={model?.displayName ?? ''} autoComplete="off" />
          </Field>
          <Field label={t('form.kind')}>
            <NativeSelect name="kind" defaultValue={model?.kind ?? 'chat'}>
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`kind.${kind}`)}
                </option>
              ))}
            </NativeSelect>
          </Field>
          <Field label={t('form.capabilities')} hint={t('form.capabilitiesHint')} error={problem('capabilities')}>
            <Input name="capabilities" defaultValue={model?.capabilities.join(', ') ?? 'tools, json'} autoComplete="off" className="figures" />
          </Field>
          <Field label={t('form.contextWindow')} error={problem('contextWindow')}>
            <Input name="contextWindow" type="number" min={1} step={1} defaultValue={model?.contextWindow ?? ''} className="figures" />
          </Field>
          <Field label={t('form.maxOutputTokens')} error={problem('maxOutputTokens')}>
            <Input name="maxOutputTokens" type="number" min={1} step={1} defaultValue={model?.maxOutputTokens ?? ''} className="figures" />
          </Field>
          <Field label={t('form.retiresOn')} hint={t('form.retiresHint')} error={problem('retiresOn')}>
            <Input name="retiresOn" type="date" defaultValue={model?.retiresAt?.slice(0, 10) ?? ''} className="figures" />
          </Field>
          <CheckField name="enabled" label={t('form.enabled')} defaultChecked={model?.enabled ?? true} className="self-end pb-1.5" />
        </div>
      )}
    </ActionDialog>
  );
}
