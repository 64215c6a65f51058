'use client';

import { BookMarked } from 'lucide-react';
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
import { Input } from '@/components/ui/input';
import type { ActionResult } from '@/lib/http/action';
import type { PresetView } from '@/lib/services/presets/presets';

interface PresetsPageProps {
  org: string;
  presets: PresetView[];
  canWrite: boolean;
  remove: (org: string, input: { id: string }) => Promise<ActionResult<{ id: string }>>;
}

/** Models with their prompts and parameters, kept under names, to open in the playground. */
export function PresetsPage({ org, presets, canWrite, remove }: PresetsPageProps) {
  const t = useTranslations('presets');
  const router = useRouter();
  const [q, setQ] = useQueryState('q', parseAsString.withDefault(''));
  const [deleting, setDeleting] = useState<PresetView | null>(null);
  const needle = q.trim().toLowerCase();
  const shown = presets.filter(({ name, model }) => `${name} ${model}`.toLowerCase().includes(needle));
  const open = canWrite && (
    <Button asChild>
      <Link href={`/${org}/playground`}>{t('new')}</Link>
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { count: presets.length })} actions={open}>
        {presets.length > 0 && (
          <Input type="search" aria-label={t('search')} placeholder={t('search')} className="w-full sm:w-72" value={q} onChange={(event) => void setQ(event.target.value || null)} />
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
            { id: 'model', label: t('column.model'), render: ({ model }) => model },
            { id: 'system', label: t('column.system'), wide: true, render: ({ system }) => <span className="line-clamp-2 max-w-[48ch] text-muted-foreground">{system || '—'}</span> },
            { id: 'version', label: t('column.version'), render: ({ version }) => <span className="figures">{version}</span> },
            { id: 'updated', label: t('column.updated'), render: ({ updatedAt }) => <Time iso={updatedAt} /> },
            {
              id: 'actions',
              label: t('column.actions'),
              quiet: true,
              wide: true,
              render: (preset) =>
                canWrite && (
                  <div className="flex gap-2 lg:justify-end">
                    <Button asChild variant="outline" size="sm">
                      <Link href={`/${org}/playground?preset=${preset.id}`} aria-label={t('openNamed', { name: preset.name })}>
                        {t('open')}
                      </Link>
                    </Button>
                    <Button variant="outline" size="sm" aria-label={t('deleteNamed', { name: preset.name })} onClick={() => setDeleting(preset)}>
                      {t('delete')}
                    </Button>
                  </div>
                ),
            },
          ]}
        />
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
