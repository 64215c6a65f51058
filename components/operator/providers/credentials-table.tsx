'use client';

import { ExternalLink, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '@/components/operator/action-dialog';
import { CardTable } from '@/components/operator/card-table';
import { readForm } from '@/components/operator/form-values';
import { useRun } from '@/components/operator/use-run';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { CredentialView, ProviderView } from '@/lib/services/operator/providers/list-providers';
import type { ProviderActions } from './provider-actions';

const OVERLAP_HOURS = [0, 1, 24, 168];

interface CredentialsTableProps {
  provider: ProviderView;
  actions: ProviderActions;
  onTest: (credential: string) => void;
}

/** The pool: several keys share the load by weight. Only the last four characters of any are ever shown. */
export function CredentialsTable({ provider, actions, onTest }: CredentialsTableProps) {
  const t = useTranslations('operatorProviders.credentials');
  const columns = (['name', 'key', 'weight', 'state', 'tested', 'errors'] as const).map((id) => ({ id, label: t(`column.${id}`), numeric: id === 'weight' }));
  return (
    <section aria-labelledby="credentials" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="credentials" className="text-base font-semibold">
          {t('title')}
        </h2>
        <div className="flex flex-wrap gap-2">
          {provider.keysUrl && (
            <Button variant="ghost" asChild>
              <a href={provider.keysUrl} target="_blank" rel="noreferrer">
                {t('getKey')}
                <ExternalLink aria-hidden />
              </a>
            </Button>
          )}
          <AddCredential provider={provider} add={actions.addCredential} />
        </div>
      </div>
      {provider.credentials.length === 0 ? (
        <p className="rounded-lg border bg-surface px-4 py-8 text-center text-sm text-muted-foreground">{t(provider.needsCredential ? 'empty' : 'emptyOptional')}</p>
      ) : (
        <CardTable
          label={t('title')}
          columns={columns}
          actionsLabel={t('column.actions')}
          rows={provider.credentials.map((credential) => ({
            id: credential.id,
            muted: credential.state === 'off',
            cells: [
              <span key="name">
                {credential.name}
                {credential.source && <span className="figures block text-xs font-normal text-muted-foreground">{credential.source}</span>}
              </span>,
              <span key="key" className="figures">
                {credential.last4 ? `…${credential.last4}` : '—'}
              </span>,
              credential.weight,
              <State key="state" credential={credential} />,
              <LastTest key="tested" credential={credential} />,
              <LastError key="errors" credential={credential} />,
            ],
            actions: <RowActions credential={credential} actions={actions} onTest={onTest} />,
          }))}
        />
      )}
    </section>
  );
}

function State({ credential }: { credential: CredentialView }) {
  const t = useTranslations('operatorProviders.credentials');
  const looks = { active: 'active', off: 'pending', retiring: 'retiring', no_secret: 'blocked' } as const;
  return (
    <>
      <StatusBadge status={looks[credential.state]} label={t(`state.${credential.state}`)} />
      {credential.retiresAt && (
        <span className="mt-0.5 block text-xs text-muted-foreground">{t.rich('ends', { time: () => <Time iso={credential.retiresAt as string} /> })}</span>
      )}
    </>
  );
}

function LastTest({ credential }: { credential: CredentialView }) {
  const t = useTranslations('operatorProviders.credentials');
  if (!credential.lastTest || !credential.testedAt) return <span className="text-muted-foreground">{t('untested')}</span>;
  return (
    <>
      <span>{t(credential.lastTest.ok ? 'testOk' : 'testFailed')}</span> <Time iso={credential.testedAt} className="text-xs text-muted-foreground" />
      {credential.lastTest.message && (
        <span className="block max-w-64 truncate text-xs text-muted-foreground" title={credential.lastTest.message}>
          {credential.lastTest.message}
        </span>
      )}
    </>
  );
}

function LastError({ credential }: { credential: CredentialView }) {
  const t = useTranslations('operatorProviders.credentials');
  if (credential.attempts === 0) return <span className="text-muted-foreground">{t('unused')}</span>;
  return (
    <>
      <span>{t('attempts', { attempts: credential.attempts, failed: credential.failed })}</span>
      {credential.lastError && (
        <span className="block max-w-64 truncate text-xs text-danger" title={credential.lastError.message ?? credential.lastError.outcome}>
          {credential.lastError.message ?? credential.lastError.outcome}
        </span>
      )}
    </>
  );
}

function RowActions({ credential, actions, onTest }: { credential: CredentialView; actions: ProviderActions; onTest: (id: string) => void }) {
  const t = useTranslations('operatorProviders.credentials');
  const { pending, run } = useRun();
  const isOff = credential.state === 'off';
  return (
    <>
      <Button variant="outline" size="sm" onClick={() => onTest(credential.id)} disabled={credential.state === 'no_secret' || isOff}>
        {t('test')}
      </Button>
      <ActionDialog
        trigger={
          <Button variant="outline" size="sm">
            {t('rotate')}
          </Button>
        }
        title={t('rotateTitle', { name: credential.name })}
        lead={t('rotateLead')}
        submit={t('rotate')}
        done={t('rotated')}
        fields={['secret']}
        run={(form) => {
          const { text } = readForm(form);
          return actions.rotateCredential({ id: credential.id, secret: text('secret'), overlapHours: Number(text('overlap')) });
        }}
      >
        {(problem) => (
          <>
            <Field label={t('secret')} error={problem('secret')}>
              <Input name="secret" type="password" required autoComplete="off" className="figures" />
            </Field>
            <Field label={t('overlap')} hint={t('overlapHint')}>
              <NativeSelect name="overlap" defaultValue="24">
                {OVERLAP_HOURS.map((hours) => (
                  <option key={hours} value={hours}>
                    {t('hours', { hours })}
                  </option>
                ))}
              </NativeSelect>
            </Field>
          </>
        )}
      </ActionDialog>
      <ActionDialog
        trigger={
          <Button variant="outline" size="sm">
            {t('weigh')}
          </Button>
        }
        title={t('weighTitle', { name: credential.name })}
        lead={t('weighLead')}
        submit={t('save')}
        done={t('saved')}
        run={(form) => actions.updateCredential({ id: credential.id, weight: readForm(form).whole('weight') ?? 1 })}
      >
        <Field label={t('column.weight')}>
          <Input name="weight" type="number" min={0} max={1000} step={1} required defaultValue={credential.weight} className="figures" />
        </Field>
      </ActionDialog>
      {credential.state !== 'no_secret' && (
        <Button variant="outline" size="sm" pending={pending} onClick={() => run(() => actions.updateCredential({ id: credential.id, enabled: isOff }), t('saved'))}>
          {t(isOff ? 'switchOn' : 'switchOff')}
        </Button>
      )}
      <ActionDialog
        trigger={
          <Button variant="outline" size="sm" className="text-danger">
            {t('remove')}
          </Button>
        }
        title={t('removeTitle', { name: credential.name })}
        lead={t('removeLead', { attempts: credential.attempts })}
        submit={t('remove')}
        destructive
        done={t('removed')}
        run={() => actions.removeCredential({ id: credential.id })}
      />
    </>
  );
}

function AddCredential({ provider, add }: { provider: ProviderView; add: ProviderActions['addCredential'] }) {
  const t = useTranslations('operatorProviders.credentials');
  return (
    <ActionDialog
      trigger={
        <Button variant="outline">
          <Plus aria-hidden />
          {t('add')}
        </Button>
      }
      title={t('add')}
      lead={t('addLead')}
      submit={t('add')}
      done={t('added')}
      fields={['name', 'secret']}
      run={(form) => {
        const { text, whole } = readForm(form);
        return add({ provider: provider.id, name: text('name'), secret: text('secret'), weight: whole('weight') ?? 1 });
      }}
    >
      {(problem) => (
        <>
          <Field label={t('column.name')} error={problem('name')}>
            <Input name="name" required maxLength={80} autoComplete="off" defaultValue={provider.credentials.length === 0 ? 'main' : ''} />
          </Field>
          <Field label={t('secret')} hint={t('secretHint')} error={problem('secret')}>
            <Input name="secret" type="password" required autoComplete="off" className="figures" />
          </Field>
          <Field label={t('column.weight')}>
            <Input name="weight" type="number" min={0} max={1000} step={1} defaultValue={1} className="figures" />
          </Field>
        </>
      )}
    </ActionDialog>
  );
}
