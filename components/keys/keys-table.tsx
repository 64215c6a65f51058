'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Sparkline } from '@/components/charts/sparkline';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { countShort } from '@/lib/format/numbers';
import { BudgetBar } from './budget-bar';
import type { KeyView } from './key-actions';
import { writeTags } from './read-key-form';

interface KeysTableProps {
  org: string;
  keys: KeyView[];
  /** All keys of the organization by id, to name the neighbours of a rotation. */
  byId: ReadonlyMap<string, KeyView>;
  activity: Record<string, number[]>;
  canChange: (key: KeyView) => boolean;
  onEdit: (key: KeyView) => void;
  onRotate: (key: KeyView) => void;
  onRevoke: (key: KeyView) => void;
}

/** Keys as a table; on a narrow screen each row becomes a card, so nothing scrolls sideways. */
export function KeysTable({ org, keys, byId, activity, canChange, onEdit, onRotate, onRevoke }: KeysTableProps) {
  const t = useTranslations('keys');
  const columns = ['name', 'key', 'models', 'budget', 'lastUsed', 'status'] as const;
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      {/* The roles are written out because `display: grid` on narrow screens would take them away. */}
      <table role="table" aria-label={t('title')} className="w-full text-sm max-lg:block">
        <thead role="rowgroup" className="border-b max-lg:sr-only">
          <tr role="row">
            {columns.map((column) => (
              <th key={column} role="columnheader" scope="col" className="h-9 px-3 text-left text-xs font-medium whitespace-nowrap text-muted-foreground">
                {t(`column.${column}`)}
              </th>
            ))}
            <th role="columnheader" scope="col">
              <span className="sr-only">{t('column.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-lg:block">
          {keys.map((key) => {
            const ended = key.status === 'revoked' || key.status === 'expired';
            return (
              <tr
                key={key.id}
                role="row"
                className="border-b transition-colors last:border-0 hover:bg-surface-muted/70 max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-4 max-lg:gap-y-3 max-lg:p-4"
              >
                <Cell className="max-lg:col-span-2">
                  <Link href={`/${org}/keys/${key.id}`} className={cn('font-medium break-words hover:underline', ended && 'text-muted-foreground')}>
                    {key.name}
                  </Link>
                  <Lineage view={key} byId={byId} />
                </Cell>
                <Cell label={t('column.key')}>
                  <Link
                    href={`/${org}/logs?key_id=${key.id}`}
                    className="figures rounded-sm whitespace-nowrap underline decoration-border underline-offset-4 hover:decoration-foreground"
                    title={t('seeCalls')}
                  >
                    {key.prefix}…{key.last4}
                  </Link>
                </Cell>
                <Cell label={t('column.models')}>
                  <Models models={key.models} />
                  <Limits view={key} />
                  <Bounds view={key} />
                </Cell>
                <Cell label={t('column.budget')}>
                  {key.budget ? <BudgetBar budget={key.budget} /> : <span className="text-muted-foreground">{t('noLimit')}</span>}
                </Cell>
                <Cell label={t('column.lastUsed')}>
                  {key.lastUsedAt ? (
                    <>
                      {activity[key.id] && <Sparkline values={activity[key.id] ?? []} className="mb-0.5 h-4 w-24" />}
                      <Time iso={key.lastUsedAt} />
                      {key.lastUsedClient && (
                        <span className="block max-w-36 truncate text-xs text-muted-foreground" title={key.lastUsedClient}>
                          {key.lastUsedClient}
                        </span>
                      )}
                    </>
                  ) : (
                    <span className="text-muted-foreground">{t('never')}</span>
                  )}
                </Cell>
                <Cell label={t('column.status')}>
                  <StatusBadge status={key.status} />
                  {key.expiresAt && !ended && (
                    <span className="mt-0.5 block text-xs whitespace-nowrap text-muted-foreground">
                      {t.rich('ends', { time: () => <Time iso={key.expiresAt as string} /> })}
                    </span>
                  )}
                </Cell>
                <Cell className="max-lg:col-span-2">
                  {!ended && canChange(key) && (
                    <div className="flex justify-end gap-1 max-lg:justify-start">
                      {!key.replacedById && key.kind === 'inference' && (
                        <Button variant="outline" size="sm" onClick={() => onEdit(key)}>
                          {t('edit.action')}
                        </Button>
                      )}
                      {!key.replacedById && (
                        <Button variant="outline" size="sm" onClick={() => onRotate(key)}>
                          {t('rotate.action')}
                        </Button>
                      )}
                      <Button variant="outline" size="sm" className="text-danger" onClick={() => onRevoke(key)}>
                        {t('revoke.action')}
                      </Button>
                    </div>
                  )}
                </Cell>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A cell that names its column where the header row is out of sight. */
function Cell({ label, className, children }: { label?: string; className?: string; children: ReactNode }) {
  return (
    <td role="cell" className={cn('px-3 py-2 align-middle max-lg:min-w-0 max-lg:p-0 lg:compact:py-1', className)}>
      {label && (
        <span aria-hidden className="mb-0.5 block text-xs text-muted-foreground lg:hidden">
          {label}
        </span>
      )}
      {children}
    </td>
  );
}

function Lineage({ view, byId }: { view: KeyView; byId: ReadonlyMap<string, KeyView> }) {
  const t = useTranslations('keys');
  const before = byId.get(view.replacesId ?? '');
  const after = byId.get(view.replacedById ?? '');
  const text = after ? t('replacedBy', { last4: after.last4 }) : before ? t('replaces', { last4: before.last4 }) : (view.createdBy?.email ?? null);
  return text && <span className="block max-w-44 truncate text-xs text-muted-foreground max-lg:max-w-none">{text}</span>;
}

function Models({ models }: { models: string[] | null }) {
  const t = useTranslations('keys');
  if (models === null) return <span className="text-muted-foreground">{t('allModels')}</span>;
  const [first, ...rest] = models;
  return (
    <span title={models.join('\n')} className="flex max-w-48 items-baseline gap-1.5">
      <span className="figures truncate">{first}</span>
      {rest.length > 0 && <span className="text-xs whitespace-nowrap text-muted-foreground">{t('more', { count: rest.length })}</span>}
    </span>
  );
}

function Limits({ view }: { view: KeyView }) {
  const t = useTranslations('keys');
  const locale = useLocale();
  const parts = [
    view.rpm === null ? null : t('limit.rpm', { count: countShort(view.rpm, locale) }),
    view.tpm === null ? null : t('limit.tpm', { count: countShort(view.tpm, locale) }),
    view.concurrency === null ? null : t('limit.concurrency', { count: countShort(view.concurrency, locale) }),
  ].filter((part) => part !== null);
  return parts.length > 0 && <span className="block text-xs text-muted-foreground">{parts.join(' · ')}</span>;
}

/** From where it may be used, and what its calls are tagged with. */
function Bounds({ view }: { view: KeyView }) {
  const t = useTranslations('keys');
  const tags = writeTags(view.tags);
  return (
    <>
      {view.allowedIps && (
        <span className="block max-w-48 truncate text-xs text-muted-foreground" title={view.allowedIps.join('\n')}>
          {t('limit.ips', { first: view.allowedIps[0] ?? '', more: view.allowedIps.length - 1 })}
        </span>
      )}
      {tags && (
        <span className="figures block max-w-48 truncate text-xs text-muted-foreground" title={tags}>
          {tags}
        </span>
      )}
    </>
  );
}
