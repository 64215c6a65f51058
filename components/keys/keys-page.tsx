'use client';

import { KeyRound, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState, NoMatches } from '@/components/patterns/states';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { NativeSelect } from '@/components/ui/native-select';
import type { ModelChoice } from '@/lib/services/welcome/model-choice';
import { CreateKeyDialog } from './create-key-dialog';
import type { KeyActions, KeyView } from './key-actions';
import { hasFlag, KEY_FLAGS, KeyHygiene } from './hygiene';
import { KeysTable } from './keys-table';

/** Loaded with the first key that is changed, rotated or revoked. */
const RotateKeyDialog = dynamic(() => import('./rotate-key-dialog').then((module) => module.RotateKeyDialog), { ssr: false });
const RevokeKeyDialog = dynamic(() => import('./revoke-key-dialog').then((module) => module.RevokeKeyDialog), { ssr: false });
const EditKeyDialog = dynamic(() => import('./edit-key-dialog').then((module) => module.EditKeyDialog), { ssr: false });

const STATUSES = ['active', 'retiring', 'blocked', 'expired', 'revoked'] as const;

interface KeysPageProps {
  org: string;
  keys: KeyView[];
  /** Requests a day of each key, the last seven days. */
  activity: Record<string, number[]>;
  models: ModelChoice[];
  baseUrl: string;
  actions: KeyActions;
  /** What the reader may do: nothing, with their own keys, or with all. */
  may: 'read' | 'own' | 'all';
  userId: string;
}

export function KeysPage({ org, keys, activity, models, baseUrl, actions, may, userId }: KeysPageProps) {
  const t = useTranslations('keys');
  const status = useTranslations('status');
  const router = useRouter();
  const [filter, setFilter] = useQueryStates({
    q: parseAsString.withDefault(''),
    status: parseAsStringLiteral(STATUSES),
    flag: parseAsStringLiteral(KEY_FLAGS),
  });
  const [wanted, setWanted] = useQueryState('create', parseAsBoolean.withDefault(false));
  const [editing, setEditing] = useState<KeyView | null>(null);
  const [rotating, setRotating] = useState<KeyView | null>(null);
  const [revoking, setRevoking] = useState<KeyView | null>(null);

  const byId = new Map(keys.map((key) => [key.id, key]));
  const working = keys.filter((key) => key.status === 'active' || key.status === 'retiring');
  const unlimited = working.filter((key) => key.budget === null && key.kind === 'inference').length;
  const needle = filter.q.trim().toLowerCase();
  const shown = keys
    .filter((key) => (filter.status ? key.status === filter.status : true))
    .filter((key) => filter.flag === null || hasFlag(key, filter.flag))
    .filter((key) => needle === '' || `${key.name} ${key.prefix}${key.last4} ${key.createdBy?.email ?? ''}`.toLowerCase().includes(needle))
    .sort((a, b) => Number(hasEnded(a)) - Number(hasEnded(b)));

  const create = may !== 'read' && (
    <CreateKeyDialog
      org={org}
      baseUrl={baseUrl}
      models={models}
      create={actions.create}
      wanted={wanted}
      onClosed={() => void setWanted(null)}
      onCreated={() => router.refresh()}
    />
  );

  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { count: working.length, unlimited })} actions={create}>
        {keys.length > 0 && (
          <div className="flex flex-wrap items-center gap-2">
            <div className="relative min-w-48 flex-1 sm:max-w-72">
              <Label htmlFor="key-search" className="sr-only">
                {t('search')}
              </Label>
              <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground" />
              <Input
                id="key-search"
                type="search"
                value={filter.q}
                placeholder={t('search')}
                onChange={(event) => setFilter({ q: event.target.value || null })}
                className="pl-8"
              />
            </div>
            <NativeSelect
              aria-label={t('column.status')}
              value={filter.status ?? ''}
              onChange={(event) => setFilter({ status: (event.target.value || null) as (typeof STATUSES)[number] | null })}
              className="w-36"
            >
              <option value="">{t('anyStatus')}</option>
              {STATUSES.map((name) => (
                <option key={name} value={name}>
                  {status(name)}
                </option>
              ))}
            </NativeSelect>
          </div>
        )}
      </PageHeader>
      <KeyHygiene keys={keys} flag={filter.flag} onFlag={(flag) => void setFilter({ flag })} />
      {keys.length === 0 ? (
        <EmptyState icon={KeyRound} title={t('empty.title')} why={t('empty.why')} action={create} />
      ) : shown.length === 0 ? (
        <NoMatches onClear={() => setFilter({ q: null, status: null, flag: null })} />
      ) : (
        <KeysTable
          org={org}
          keys={shown}
          byId={byId}
          activity={activity}
          canChange={(key) => may === 'all' || (may === 'own' && key.createdBy?.id === userId && key.kind === 'inference')}
          onEdit={setEditing}
          onRotate={setRotating}
          onRevoke={setRevoking}
        />
      )}
      {editing && (
        <EditKeyDialog org={org} view={editing} models={models} update={actions.update} onClose={() => setEditing(null)} onSaved={() => router.refresh()} />
      )}
      {rotating && (
        <RotateKeyDialog
          org={org}
          target={rotating}
          rotate={actions.rotate}
          baseUrl={baseUrl}
          model={models[0]?.id ?? 'fast-chat'}
          onClose={() => setRotating(null)}
          onRotated={() => router.refresh()}
        />
      )}
      {revoking && (
        <RevokeKeyDialog
          org={org}
          target={revoking}
          revoke={actions.revoke}
          onClose={() => setRevoking(null)}
          onRevoked={() => {
            toast.success(t('revoke.done'));
            router.refresh();
          }}
        />
      )}
    </>
  );
}

function hasEnded(key: KeyView): boolean {
  return key.status === 'revoked' || key.status === 'expired';
}
