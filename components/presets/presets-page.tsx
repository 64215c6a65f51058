'use client';

import { BookMarked } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import { CardTable } from '@/components/patterns/card-table';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState, NoMatches } from '@/components/patterns/states';
import { Time } from '@/components/patterns/time';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Input } from '@/components/ui/input';
import type { ActionResult } from '@/lib/http/action';
import type { PresetView } from '@/lib/services/presets/presets';
import type { HistoryActions } from './preset-history';

const PresetCode = dynamic(() => import('./preset-code').then((module) => module.PresetCode));
const PresetHistory = dynamic(() => import('./preset-history').then((module) => module.PresetHistory));

interface PresetsPageProps {
  org: string;
  presets: PresetView[];
  /** Ends in /v1. */
  baseUrl: string;
  canWrite: boolean;
  remove: (org: string, input: { id: string }) => Promise<ActionResult<{ id: string }>>;
  history: HistoryActions;
}

/** Models with their prompts and parameters, kept under names: to call as `preset/<slug>`, and to open in the playground. */
export function PresetsPage({ org, presets, baseUrl, canWrite, remove, history }: PresetsPageProps) {
  const t = useTranslations('presets');
  const router = useRouter();
  const [q, setQ] = useQueryState('q', parseAsString.withDefault(''));
  const [deleting, setDeleting] = useState<PresetView | null>(null);
  const [calling, setCalling] = useState<PresetView | null>(null);
  const [looking, setLooking] = useState<PresetView | null>(null);
  const needle = q.trim().toLowerCase();
  const shown = presets.filter(({ name, slug, model }) => `${name} ${slug} ${model}`.toLowerCase().includes(needle));
  const open = canWrite && (
    <Button asChild>
      <Link href={`/${org}/playground`}>{t('new')}</Link>
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { count: presets.length })} actions={open}>
        {presets.length > 0 && (
          <Input
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            className="w-full sm:w-72"
            value={q}
            onChange={(event) => void setQ(event.target.value || null)}
          />
        )}
      </PageHeader>
      {presets.length === 0 ? (
        <EmptyState icon={BookMarked} title={t('empty')} why={t('emptyWhy')} action={open} />
      ) : shown.length === 0 ? (
        <NoMatches onClear={() => void setQ(null)} />
      ) : (
        <CardTable
          label={t('title')}
          rows={shown}
          rowKey={({ id }) => id}
          columns={[
            { id: 'name', label: t('column.name'), wide: true, render: ({ name }) => <span className="font-medium [overflow-wrap:anywhere]">{name}</span> },
            {
              id: 'call',
              label: t('column.call'),
              wide: true,
              render: ({ slug }) => (
                <span className="flex items-center gap-1.5">
                  <code className="figures [overflow-wrap:anywhere]">preset/{slug}</code>
                  <CopyButton value={`preset/${slug}`} iconOnly size="sm" label={t('copyNamed', { call: `preset/${slug}` })} />
                </span>
              ),
            },
            { id: 'model', label: t('column.model'), render: ({ model }) => model },
            {
              id: 'system',
              label: t('column.system'),
              wide: true,
              render: ({ system }) => <span className="line-clamp-2 max-w-[48ch] text-muted-foreground">{system || '—'}</span>,
            },
            {
              id: 'version',
              label: t('column.version'),
              render: (preset) => (
                <Button variant="link" aria-label={t('historyNamed', { name: preset.name, version: preset.version })} onClick={() => setLooking(preset)}>
                  <span className="figures">{preset.version}</span>
                </Button>
              ),
            },
            { id: 'updated', label: t('column.updated'), render: ({ updatedAt }) => <Time iso={updatedAt} /> },
            {
              id: 'actions',
              label: t('column.actions'),
              quiet: true,
              wide: true,
              render: (preset) => (
                <div className="flex flex-wrap gap-2 lg:justify-end">
                  <Button variant="outline" size="sm" aria-label={t('codeNamed', { name: preset.name })} onClick={() => setCalling(preset)}>
                    {t('code')}
                  </Button>
                  <Button asChild variant="outline" size="sm">
                    <Link
                      href={`/${org}/logs?q=${encodeURIComponent(`tag:preset=${preset.slug}@${preset.version}`)}`}
                      aria-label={t('callsNamed', { name: preset.name })}
                    >
                      {t('calls')}
                    </Link>
                  </Button>
                  {canWrite && (
                    <>
                      <Button asChild variant="outline" size="sm">
                        <Link href={`/${org}/playground?preset=${preset.id}`} aria-label={t('openNamed', { name: preset.name })}>
                          {t('open')}
                        </Link>
                      </Button>
                      <Button variant="outline" size="sm" aria-label={t('deleteNamed', { name: preset.name })} onClick={() => setDeleting(preset)}>
                        {t('delete')}
                      </Button>
                    </>
                  )}
                </div>
              ),
            },
          ]}
        />
      )}
      {calling && <PresetCode baseUrl={baseUrl} name={calling.name} slug={calling.slug} onClose={() => setCalling(null)} />}
      {looking && (
        <PresetHistory org={org} preset={looking} canWrite={canWrite} actions={history} onClose={() => setLooking(null)} onRestored={() => router.refresh()} />
      )}
      <ConfirmDialog
        open={deleting !== null}
        title={t('deleteTitle', { name: deleting?.name ?? '' })}
        lead={t('deleteLead')}
        confirm={t('delete')}
        act={() => remove(org, { id: deleting?.id ?? '' })}
        onClose={() => setDeleting(null)}
        onDone={() => router.refresh()}
      />
    </>
  );
}
