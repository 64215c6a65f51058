'use client';

import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { ActionError } from '@/lib/http/action';
import type { GalleryEntry } from '@/lib/services/operator/providers/gallery';
import type { TestedConnection } from '@/lib/services/operator/providers/test-connection';
import { ModelChecklist } from './model-checklist';
import type { AddProvider, TestConnection } from './provider-actions';
import { ProviderGallery } from './provider-gallery';
import { TestResult } from './test-result';

interface ConnectProviderProps {
  gallery: GalleryEntry[];
  test: TestConnection;
  add: AddProvider;
  onAdded: (added: { id: string; models: string[] }) => void;
  onCancel?: () => void;
}

const CUSTOM = 'custom';

/** Choose a provider, paste a key, test it, save it. Nothing is stored before "Add provider", and a key that failed is stored only on purpose. */
export function ConnectProvider({ gallery, test, add, onAdded, onCancel }: ConnectProviderProps) {
  const t = useTranslations('operatorProviders');
  const common = useTranslations('common');
  const describe = useActionMessage();
  const galleryId = useId();
  const [entry, setEntry] = useState<GalleryEntry | null>(null);
  const [endpoint, setEndpoint] = useState('');
  const [address, setAddress] = useState('');
  const [secret, setSecret] = useState('');
  const [result, setResult] = useState<TestedConnection | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anyway, setAnyway] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const [busy, setBusy] = useState<'test' | 'add' | null>(null);

  function choose(adapter: string) {
    const next = gallery.find((one) => one.adapter === adapter) ?? null;
    setEntry(next);
    setEndpoint(next?.endpoints[0]?.name ?? CUSTOM);
    changed(() => setAddress(''));
  }

  /** A test counts for exactly what was tested. */
  function changed(apply: () => void) {
    apply();
    setResult(null);
    setError(null);
    setAnyway(false);
  }

  const baseUrl = endpoint === CUSTOM ? address.trim() : endpoint === 'default' ? null : endpoint;
  const mayAdd = entry !== null && (result?.ok || anyway);
  const problem = (field: string) => (error?.param === field ? describe(error) : undefined);

  async function runTest() {
    if (!entry) return;
    setBusy('test');
    setError(null);
    const answer = await test({ adapter: entry.adapter, baseUrl, secret });
    setBusy(null);
    if (!answer.ok) return setError(answer.error);
    setResult(answer.data);
    if (answer.data.ok) setChosen(new Set((answer.data.models ?? []).filter(({ priced }) => priced).map(({ id }) => id)));
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!entry || !mayAdd) return;
    setBusy('add');
    const answer = await add({ adapter: entry.adapter, baseUrl, secret, models: [...chosen] });
    setBusy(null);
    if (!answer.ok) return setError(answer.error);
    onAdded(answer.data);
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <div className="grid gap-2">
        <p id={galleryId} className="text-sm font-medium">
          {t('gallery.legend')}
        </p>
        <ProviderGallery entries={gallery} value={entry?.adapter ?? null} onChange={choose} labelledBy={galleryId} />
      </div>
      {entry && (
        <>
          {error && !['baseUrl', 'secret'].includes(error.param ?? '') && (
            <Alert variant="danger">
              <AlertTitle className="font-normal">{describe(error)}</AlertTitle>
            </Alert>
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            {entry.endpoints.length > 0 && (
              <Field label={t('form.region')} hint={entry.endpoints.find(({ name }) => name === endpoint)?.url}>
                <NativeSelect value={endpoint} onChange={(event) => changed(() => setEndpoint(event.target.value))}>
                  {entry.endpoints.map(({ name }) => (
                    <option key={name} value={name}>
                      {t.has(`region.${name}`) ? t(`region.${name}`) : name}
                    </option>
                  ))}
                  <option value={CUSTOM}>{t('region.custom')}</option>
                </NativeSelect>
              </Field>
            )}
            {endpoint === CUSTOM && (
              <Field label={t('form.address')} error={problem('baseUrl')}>
                <Input type="url" required value={address} onChange={(event) => changed(() => setAddress(event.target.value))} placeholder="https://" className="figures" />
              </Field>
            )}
            <Field
              label={entry.credential.label}
              note={entry.credential.optional ? common('optional') : undefined}
              error={problem('secret')}
              hint={t('form.secretHint')}
              className={endpoint === CUSTOM && entry.endpoints.length > 0 ? 'sm:col-span-2' : undefined}
            >
              <Input
                type="password"
                autoComplete="off"
                value={secret}
                onChange={(event) => changed(() => setSecret(event.target.value))}
                placeholder={entry.credential.placeholder}
                className="figures"
              />
            </Field>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <Button variant="outline" onClick={runTest} pending={busy === 'test'}>
              {t('test.action')}
            </Button>
            {entry.keysUrl && (
              <Button variant="ghost" asChild>
                <a href={entry.keysUrl} target="_blank" rel="noreferrer">
                  {t('getKey')}
                  <ExternalLink aria-hidden />
                </a>
              </Button>
            )}
          </div>
          {result && <TestResult result={result} />}
          {result?.ok && result.models && result.models.length > 0 && <ModelChecklist models={result.models} chosen={chosen} onChange={setChosen} />}
          {result && !result.ok && (
            <label htmlFor={`${galleryId}-anyway`} className="flex items-start gap-2.5 text-sm">
              <Checkbox id={`${galleryId}-anyway`} checked={anyway} onCheckedChange={setAnyway} className="mt-0.5" />
              {t('form.anyway')}
            </label>
          )}
        </>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {entry && !mayAdd && <p className="mr-auto text-xs text-muted-foreground">{t('form.testFirst')}</p>}
        {onCancel && (
          <Button variant="outline" onClick={onCancel}>
            {common('cancel')}
          </Button>
        )}
        <Button type="submit" disabled={!mayAdd} pending={busy === 'add'}>
          {t('add')}
        </Button>
      </div>
    </form>
  );
}
